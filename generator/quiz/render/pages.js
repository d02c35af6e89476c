/** Where the pages of a rubric are, read off the link that the site engine resolved. */

export class Pages {
  /** @param {string | null} root the address of the rubric's overview, if there is one */
  constructor(root) {
    this.root = root;
  }

  /**
   * Return the address of a page, or null where there is none.
   * @param {string} path such as `stages/scaled`
   * @param {string} [anchor]
   */
  to(path, anchor = "") {
    if (this.root === null) return null;
    if (this.root.endsWith("#")) {
      // The single file: the pages are places in it.
      const place = [path, anchor].filter(Boolean).join("/");
      return document.getElementById(place) ? `#${place}` : null;
    }
    const hash = anchor && `#${anchor}`;
    const file = /[^/]*\.html$/.exec(this.root);
    if (file) return `${this.root.slice(0, file.index)}${path}.html${hash}`;
    return `${this.root.replace(/\/?$/, "/")}${path}/${hash}`;
  }
}

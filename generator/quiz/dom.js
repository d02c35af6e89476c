/** Making and finding elements: text is always set as text, never as HTML. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Make an element; `on` holds listeners, other keys are attributes, false and null leave one out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [type, listener] of Object.entries(value)) made.addEventListener(type, listener);
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  show(made, ...children);
  return made;
}

/**
 * Make a link, or plain text where there is no page to go to.
 * @param {string | null} href
 * @param {string} text
 */
export function link(href, text) {
  return href ? el("a", { href }, text) : el("span", {}, text);
}

/**
 * Make a button.
 * @param {string} text
 * @param {(event: Event) => void} click
 * @param {Record<string, any>} [attributes]
 */
export function button(text, click, attributes = {}) {
  return el("button", { type: "button", class: "sb-button", ...attributes, on: { click } }, text);
}

/**
 * Make a list of items.
 * @param {Child[][]} items
 * @param {"ul" | "ol"} [tag]
 */
export function list(items, tag = "ul") {
  return el(tag, {}, ...items.map((children) => el("li", {}, ...children)));
}

/**
 * Replace what an element shows.
 * @param {Element} element
 * @param {...Child} children
 */
export function show(element, ...children) {
  element.replaceChildren(.../** @type {(Node | string)[]} */ (children.filter(Boolean)));
}

/**
 * Set the text of an element; the same text again would still cost a layout.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Offer text as a file.
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
export function save(name, text, type) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  const anchor = el("a", { href, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

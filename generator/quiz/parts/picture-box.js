/** Pictures of a result to take along, and a QR code of its link. */

import { act, parts, show, write } from "#core/render/dom.js";
import { fileName } from "#extras/assessment/file-name.js";
import { addressWith } from "#extras/state/link.js";
import { copy } from "#several/parts/clipboard.js";
import { qrScene } from "../report/qr-picture.js";
import { ResultPictures } from "../report/result-pictures.js";
import { toSvg } from "../report/scene.js";
import { savePicture } from "./picture-files.js";

/** @import { Names } from "../render/names.js" */
/** @import { Scene } from "../report/scene.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Store } from "../state/store.js" */

export class PictureBox {
  /** The picture that is shown. @type {Scene | null} */
  #scene = null;
  /** How often one was asked for: a link takes a moment. */
  #asked = 0;
  #names;
  #pictures;
  #roadmap;
  #scorer;
  #store;
  #ui;

  /**
   * @param {HTMLDetailsElement} box
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   * @param {() => Scene} roadmap returns the roadmap as a picture
   * @param {AbortSignal} signal
   */
  constructor(box, scorer, names, store, roadmap, signal) {
    this.#names = names;
    this.#pictures = new ResultPictures(scorer, names);
    this.#roadmap = roadmap;
    this.#scorer = scorer;
    this.#store = store;
    this.#ui = parts(box);
    const draw = () => box.open && this.#draw();
    box.addEventListener("toggle", draw, { signal });
    this.#ui.which.onchange = () => this.#draw();
    act(
      box,
      {
        "picture-svg": () => this.#save("svg"),
        "picture-png": () => this.#save("png"),
        "copy-caption": () => this.#copyCaption(),
      },
      signal,
    );
    store.listen(draw, signal);
    draw();
  }

  /** Show the picture that is chosen. */
  async #draw() {
    const asked = ++this.#asked;
    const { which } = this.#ui;
    const has = { heat: this.#pictures.hasHeat, roadmap: Boolean(this.#store.assessment.roadmap) };
    for (const option of which.options)
      option.hidden = has[/** @type {"heat"} */ (option.value)] === false;
    if (which.selectedOptions[0]?.hidden) which.value = "result";
    write(this.#ui.told, "");
    const scene = await this.#make(which.value);
    if (asked !== this.#asked) return;
    this.#scene = scene;
    this.#ui.made.hidden = !scene;
    show(this.#ui.preview, scene && toSvg(scene));
    write(this.#ui.caption, this.#caption);
    const isFar = which.value === "link" && location.protocol === "file:";
    write(
      this.#ui.told,
      this.#names.t(scene ? (isFar ? "qr-file" : "picture-made") : "qr-too-long"),
    );
  }

  /**
   * @param {string} which
   * @returns {Promise<Scene | null>}
   */
  async #make(which) {
    const { assessment } = this.#store;
    if (which === "roadmap") return this.#roadmap();
    if (which === "link") {
      const address = await addressWith(assessment, this.#names.data, false);
      const about = assessment.subject || this.#names.data.title;
      return qrScene(address, `${this.#names.t("qr")}: ${about}`);
    }
    const result = this.#scorer.score(assessment);
    return this.#pictures[which === "heat" ? "heat" : "result"](assessment, result);
  }

  /** What the picture shows, in words. */
  get #caption() {
    const { title = "", about = "" } = this.#scene ?? {};
    return [title, about].filter(Boolean).join(". ");
  }

  /** @param {"svg" | "png"} kind */
  async #save(kind) {
    if (!this.#scene) return;
    const name = fileName(
      this.#names.data,
      this.#store.assessment,
      `${this.#ui.which.value}.${kind}`,
    );
    const isSaved = await savePicture(this.#scene, kind, name);
    if (!isSaved) write(this.#ui.told, this.#names.t("no-png"));
  }

  async #copyCaption() {
    const isCopied = await copy(this.#caption);
    const { told, caption } = this.#ui;
    show(told, this.#names.t(isCopied ? "caption-copied" : "not-copied"));
    if (!isCopied) getSelection()?.selectAllChildren(caption);
  }
}

/**
 * Makes a site an app that works without a network: registers the service worker, names the manifest
 * of the rubric that a page belongs to, and offers a new version of the site when there is one.
 */

import { el } from "./render/dom.js";

/**
 * What the build writes before this script.
 * @typedef {object} Site
 * @property {string[]} rubrics folders of the rubrics, each with a manifest
 * @property {{ready: string, others: string, show: string, later: string}} words
 */

const HOUR = 3_600_000;

const script = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src ?? "";
const root = script.replace(/assets\/stagebook\/app\.js.*$/, "");
const shared =
  /** @type {{stagebookApp: Site, document$?: {subscribe: (run: () => void) => void}}} */ (
    /** @type {unknown} */ (globalThis)
  );

/** Name the manifest of the rubric of this page; the only rubric is that of all pages. */
function nameManifest() {
  const { rubrics } = shared.stagebookApp;
  const path = location.href.slice(root.length);
  const own = rubrics.find((folder) => path.startsWith(`${folder}/`));
  const folder = own ?? (rubrics.length === 1 ? rubrics[0] : null);
  document.querySelector("link[rel=manifest][data-stagebook]")?.remove();
  if (!folder || document.querySelector("link[rel=manifest]")) return;
  const href = `${root}${folder}/app.webmanifest`;
  document.head.append(el("link", { rel: "manifest", href, "data-stagebook": "" }));
}

/** The service worker of this site, and what readers are told of it. */
class Installation {
  #checked = Date.now();
  #registration;
  /** @type {HTMLElement | null} */
  #notice = null;

  /** @param {ServiceWorkerRegistration} registration */
  constructor(registration) {
    this.#registration = registration;
  }

  /** Look for a new version now, and when the reader comes back after an hour. */
  watch() {
    const registration = this.#registration;
    registration.addEventListener("updatefound", () => this.#follow(registration.installing));
    this.#follow(registration.installing);
    this.#offer();
    this.#check();
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && Date.now() - this.#checked > HOUR) this.#check();
    });
  }

  /** Ask the host for a new version; if it has no worker any more, the one here has to go. */
  #check() {
    this.#checked = Date.now();
    this.#registration.update().catch(() => this.#registration.active?.postMessage("check"));
  }

  /** @param {ServiceWorker | null} worker */
  #follow(worker) {
    worker?.addEventListener("statechange", () => this.#offer());
  }

  /** Offer the version that waits, unless it is the first, which nobody has to wait for. */
  #offer() {
    const { active, waiting } = this.#registration;
    if (!waiting || !active || this.#notice) return;
    const { words } = shared.stagebookApp;
    const text = el("p", {}, words.ready);
    const press = (/** @type {string} */ name, /** @type {() => void} */ click) =>
      el("button", { class: "sb-button", type: "button", on: { click } }, name);
    const buttons = [
      press(words.show, () => this.#show(text)),
      press(words.later, () => this.#put(null)),
    ];
    // A region that is there already is read out when its words come.
    const notice = el("div", { class: "sb-version md-typeset", role: "status" });
    this.#put(notice);
    setTimeout(() => notice.append(text, el("p", {}, ...buttons)));
  }

  /** @param {HTMLElement | null} notice */
  #put(notice) {
    this.#notice?.remove();
    if (notice) document.body.append(notice);
    this.#notice = notice;
    document.documentElement.classList.toggle("sb-version-told", Boolean(notice));
  }

  /**
   * Go to the new version. It does not come while another tab shows the old one, whose scripts and
   * pages would then be of two versions.
   * @param {HTMLElement} text
   */
  #show(text) {
    const { waiting } = this.#registration;
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => {
      if (data) text.textContent = shared.stagebookApp.words.others;
    };
    waiting?.addEventListener("statechange", () => {
      if (waiting.state === "activated") location.reload();
    });
    waiting?.postMessage("skip", [channel.port2]);
  }
}

/** Register the worker when the page has all that it needs itself. */
async function start() {
  const { serviceWorker } = navigator;
  const { saveData } = /** @type {any} */ (navigator).connection ?? {};
  if (!serviceWorker || saveData) return;
  const registration = await serviceWorker.register(`${root}stagebook-worker.js`, { scope: root });
  new Installation(registration).watch();
}

if (location.protocol.startsWith("http") && root) {
  if (shared.document$) shared.document$.subscribe(nameManifest);
  else nameManifest();
  const begin = () => setTimeout(() => start().catch(() => {}));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}

/** The stores of this page: each opened once, and told what happens in the browser. */

import { FORMAT } from "../assessment/record.js";
import { MemoryPlace } from "./places.js";
import { PageStorage, TextStorage } from "./storage.js";
import { newId, Store } from "./store.js";

/** @import { Data } from "../types.js" */

/** The part of the address that asks for the example. */
export const SAMPLE = "?sample";

/** By the data, or the example: a page may show a rubric in several languages. @type {Map<object, Store>} */
const stores = new Map();
/** @type {TextStorage | undefined} */
let storage;

/**
 * Return what keeps the text of all stores. The script of the page opens it as soon as it runs where
 * the history holds text: a theme may soon write over that.
 */
export function pageStorage() {
  storage ??= new PageStorage(spareKey);
  return storage;
}

/**
 * Return the one store of a rubric on this page.
 * @param {Data} data
 * @param {string} root the address of the site's root
 */
export function storeOf(data, root) {
  const { sample } = data;
  const isSample = location.search === SAMPLE && sample;
  const of = isSample ? sample : data;
  let store = stores.get(of);
  if (!store) {
    const onServer = location.protocol.startsWith("http");
    const prefix = onServer ? new URL(root || ".", location.href).pathname : "";
    store = isSample
      ? new Store(data, SAMPLE, new TextStorage([new MemoryPlace("browser")], spareKey), () => null)
      : new Store(data, prefix, pageStorage(), tabStorage);
    if (isSample) store.assessment = sample;
    stores.set(of, store);
    watch(store);
  }
  return store;
}

/**
 * Tell a store what happens in the browser, and warn before the page is left where that would lose
 * something. A link to another page of the site loses nothing that lasts as long as the tab.
 * @param {Store} store
 */
function watch(store) {
  let staysInTab = false;
  // What only this tab keeps is lost with it, also after the page was loaded anew.
  const kept = store.storage.lasting === "browser" ? [] : store.storage.keys();
  store.unsaved = new Set(kept.filter((key) => store.owns(key)));
  addEventListener("storage", ({ key }) => {
    if (key === null || store.isOpen(key)) store.refresh();
    else if (store.owns(key)) store.relist();
  });
  // A page that comes back may have missed what other tabs, or the browser, did.
  addEventListener("pageshow", (event) => event.persisted && store.refresh());
  document.addEventListener("visibilitychange", () => document.hidden || store.refresh());
  const follow = (/** @type {MouseEvent} */ event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target;
    const leaves = !event.defaultPrevented && link?.pathname !== location.pathname;
    staysInTab = leaves && !elsewhere && link?.origin === location.origin;
  };
  const warn = (/** @type {Event} */ event) => {
    store.flush();
    const { state, storage, unsaved } = store;
    const isKept = storage.lasting === "tab" && staysInTab && state !== "gone";
    if (unsaved.size && !isKept) event.preventDefault();
  };
  // Only while it is needed: a browser may not keep a page that warns for the way back.
  const arrange = () => {
    const needed = store.storage.lasting !== "browser" || store.state === "gone";
    const change = needed ? addEventListener : removeEventListener;
    change("click", /** @type {EventListener} */ (follow));
    change("beforeunload", warn);
  };
  store.listen(arrange);
  arrange();
}

/**
 * Return a text that this tab keeps for itself, or set it.
 *
 * Which assessment is open on this page the name of the window says too, unless somebody else has
 * named it: when a file is loaded anew, Chromium sometimes gives it what the tab keeps only seconds
 * later. Other pages have other answers where a browser keeps those of each file apart.
 * @param {string} key
 * @param {string} [text]
 */
function tabStorage(key, text) {
  const start = `${key} ${location.pathname}=`;
  let kept = null;
  try {
    if (text !== undefined) {
      if (/stagebook-open/.test(key) && /^$|stagebook-open/.test(self.name))
        self.name = start + text;
      sessionStorage.setItem(key, text);
    }
    kept = sessionStorage.getItem(key);
  } catch {
    // It is not kept, but for what the name has.
  }
  return self.name.split(start)[1] ?? kept;
}

/**
 * Return another key for an assessment that lies under a key; what else is kept may be replaced.
 * @param {string} key
 */
function spareKey(key) {
  const [first] = new RegExp(`^.*?${FORMAT}\\.[^.]*`).exec(key) ?? [];
  return first ? `${first}.${newId()}` : null;
}

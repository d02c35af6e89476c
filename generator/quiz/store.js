/**
 * The assessments of a rubric that this browser keeps, one of them open.
 *
 * Every change is made to what is stored at that moment, so that two tabs never overwrite each other
 * silently. Where nothing can be stored all lives on in memory, and `status` says so.
 */

import { adopt, emptyAssessment, FORMAT, isBlank, readStored, today } from "./assessment.js";
import { makeShelf } from "./shelf.js";

/** @import { Assessment, Data, Saved } from "./types.js" */
/**
 * What changed: one gate, all there is, or the list of assessments.
 * @typedef {{gate?: string, all?: boolean, list?: boolean}} Change
 */
/** @typedef {ReturnType<typeof makeStore>} Store */

/** @type {Map<string, Store>} */
const stores = new Map();

/**
 * Return the one store of a rubric on this page.
 * @param {Data} data
 * @param {string} root the address of the site's root
 */
export function openStore(data, root) {
  const store = stores.get(data.id) ?? makeStore(data, root);
  stores.set(data.id, store);
  return store;
}

/**
 * @param {Data} data
 * @param {string} root
 */
function makeStore(data, root) {
  const onServer = location.protocol.startsWith("http");
  const place = onServer ? new URL(root || ".", location.href).pathname : "";
  const shelf = makeShelf();
  /** Return the key of something that belongs to this site and rubric. */
  const key = (/** @type {string} */ what) => `${place}${what}.${data.id}`;
  // The first assessment has the bare key; the others have an id behind it.
  const first = key(FORMAT);
  const keyOf = (/** @type {string} */ id) => (id ? `${first}.${id}` : first);
  const [openKey, binKey] = [key("stagebook-open/1"), key("stagebook-deleted/1")];
  /** The text that was stored last: while it is there, nobody else has written. */
  let written = "";
  /** @type {Set<(change: Change) => void>} */
  const listeners = new Set();

  const store = {
    key,
    shelf,
    id: remembered(),
    /** @type {Assessment} */
    assessment: emptyAssessment(data),
    /** Where what could not be read is kept, if there was such. */
    damaged: "",
    /** Whether what was stored here is gone, though nobody asked for it in this tab. */
    lost: false,
    /** Whether that was noticed only when it was stored again. */
    purged: false,
    /** Whether something was typed since the last file. */
    unsaved: false,
    /** Keep what was typed a moment ago, before another assessment is opened. */
    flushers: /** @type {Set<() => void>} */ (new Set()),

    /** Return whether the browser keeps what is typed, or why not. */
    get status() {
      return shelf.refused ?? "stored";
    },

    /**
     * Call a function after every change, until the signal ends it.
     * @param {(change: Change) => void} listener
     * @param {AbortSignal} signal
     */
    listen(listener, signal) {
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener));
    },

    /**
     * Change the open assessment, in storage and here.
     * @param {(assessment: Assessment) => void} edit
     * @param {Change} [change]
     */
    change(edit, change = { all: true }) {
      const stored = read();
      store.purged ||= !stored && written !== "" && !store.lost;
      const fresh = stored ?? store.assessment;
      // What another tab wrote meanwhile shows here too.
      const all = change.all || fresh !== store.assessment;
      edit(fresh);
      fresh.date ||= today();
      write(fresh, { ...change, all });
    },

    /** Return the assessments kept here, the newest first. */
    saved() {
      const ids = shelf
        .keys()
        .filter((name) => name === first || name.startsWith(`${first}.`))
        .map((name) => name.slice(first.length + 1));
      if (!ids.includes(store.id) && !isBlank(store.assessment)) ids.push(store.id);
      /** @type {Saved[]} */
      const found = [];
      for (const id of ids) {
        const assessment = peek(id);
        if (assessment) found.push({ id, assessment });
      }
      const dated = (/** @type {Saved} */ one) => one.assessment.date || "9999";
      return found.sort((a, b) => dated(b).localeCompare(dated(a)) || a.id.localeCompare(b.id));
    },

    /** Open an assessment that is kept here. */
    open,

    /**
     * Open a new assessment beside the others; an open one without content gives way.
     * @param {Assessment} [assessment]
     */
    add(assessment = emptyAssessment(data)) {
      flush();
      const id = isBlank(store.assessment) ? store.id : newId();
      if (!isBlank(assessment)) shelf.set(keyOf(id), JSON.stringify(assessment));
      store.unsaved = true;
      open(id);
    },

    /**
     * Name an assessment, open or not.
     * @param {string} id
     * @param {Partial<Assessment>} values
     */
    rename(id, values) {
      if (id === store.id) {
        return store.change((a) => Object.assign(a, values), { all: true, list: true });
      }
      shelf.set(keyOf(id), JSON.stringify({ ...peek(id), ...values }));
      tell({ list: true });
    },

    /**
     * Delete an assessment; the one deleted last can be brought back, after a reload too.
     * @param {string} id
     */
    remove(id) {
      flush();
      shelf.set(binKey, JSON.stringify({ id, assessment: peek(id) }));
      shelf.remove(keyOf(id));
      if (id !== store.id) return tell({ list: true });
      store.assessment = emptyAssessment(data);
      open(store.saved()[0]?.id ?? "");
    },

    /**
     * Return the assessment deleted last, if it can be brought back.
     * @returns {Saved | null}
     */
    removed() {
      try {
        return JSON.parse(shelf.get(binKey) ?? "null");
      } catch {
        return null;
      }
    },

    /** Bring back the assessment deleted last. */
    restore() {
      const gone = store.removed();
      if (!gone) return;
      const id = shelf.get(keyOf(gone.id)) === null ? gone.id : newId();
      shelf.set(keyOf(id), JSON.stringify(gone.assessment));
      shelf.remove(binKey);
      open(id);
    },

    /** Store the open assessment again after it was lost. */
    keep() {
      write(store.assessment, { all: true, list: true });
    },
  };

  store.assessment = read() ?? store.assessment;
  addEventListener("storage", ({ key: name }) => {
    if (name === null || name === keyOf(store.id)) refresh();
    else if (name.startsWith(first)) tell({ list: true });
  });
  // A page that comes back may have missed what other tabs, or the browser, did.
  addEventListener("pageshow", (event) => event.persisted && refresh());
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  addEventListener("beforeunload", (event) => {
    if (store.unsaved && store.status !== "stored") event.preventDefault();
  });
  return store;

  /** @param {string} id */
  function open(id) {
    flush();
    store.id = id;
    written = "";
    store.lost = false;
    remember();
    store.assessment = read() ?? emptyAssessment(data);
    tell({ all: true, list: true });
  }

  /** @param {string} id */
  function peek(id) {
    if (id === store.id) return store.assessment;
    const found = readStored(shelf.get(keyOf(id)) ?? "");
    return found && adopt(found, data);
  }

  function flush() {
    for (const one of store.flushers) one();
  }

  function refresh() {
    const found = read();
    if (!found && written && !store.lost) {
      store.lost = store.unsaved = true;
      tell({});
    } else if (found && found !== store.assessment) {
      store.lost = false;
      store.assessment = found;
      tell({ all: true, list: true });
    }
  }

  /** @returns {Assessment | null} */
  function read() {
    const name = keyOf(store.id);
    const text = shelf.get(name);
    if (text === null) return null;
    if (text === written) return store.assessment;
    const assessment = readStored(text);
    if (assessment) {
      written = text;
      return adopt(assessment, data);
    }
    // Not ours to throw away: it stays under another key, and the page says so.
    store.damaged = `${key("stagebook-damaged/1")}.${newId()}`;
    shelf.set(store.damaged, text);
    shelf.remove(name);
    return null;
  }

  /**
   * @param {Assessment} assessment
   * @param {Change} change
   */
  function write(assessment, change) {
    const fresh = !written;
    store.assessment = assessment;
    store.unsaved = true;
    store.lost = false;
    written = JSON.stringify(assessment);
    shelf.set(keyOf(store.id), written);
    if (fresh) remember();
    tell(fresh ? { ...change, list: true } : change);
  }

  /** Each tab has its own open assessment; a new tab takes the one opened last. */
  function remembered() {
    try {
      return sessionStorage.getItem(openKey) ?? shelf.get(openKey) ?? "";
    } catch {
      return shelf.get(openKey) ?? "";
    }
  }

  function remember() {
    shelf.set(openKey, store.id);
    try {
      sessionStorage.setItem(openKey, store.id);
    } catch {
      // A reload then opens the one opened last.
    }
  }

  /** @param {Change} change */
  function tell(change) {
    for (const listener of listeners) listener(change);
  }
}

/** Return an id that no other tab makes at the same time. */
const newId = () => crypto.getRandomValues(new Uint32Array(1))[0].toString(36);

/** Assessments as files, out of this browser: what is typed can always be saved, with or without the extras. */

import { withToday } from "../assessment/record.js";
import { save } from "../render/dom.js";

/** @import { Assessment, Data, Saved } from "../types.js" */
/** @import { Store } from "../state/store.js" */
/** Names a file about an assessment. @typedef {(data: Data, assessment: Assessment, ending: string) => string} NameFile */

/**
 * Offer an assessment as a file.
 * @param {Store} store
 * @param {Saved} saved
 * @param {NameFile} nameFile
 */
export function download(store, { id, assessment }, nameFile) {
  const file = withToday(assessment, store.data);
  const text = `${JSON.stringify(file, null, 2)}\n`;
  save(nameFile(store.data, file, "json"), text, "application/json");
  store.unsaved.delete(store.keyOf(id));
}

/**
 * Return the name of a file where `file-name`, which knows better ones, is not there.
 * @type {NameFile}
 */
export const plainName = ({ id }, _, ending) => `${id}.${ending}`;

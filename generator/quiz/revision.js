/** A rubric that has changed since an assessment was made: what is new, reworded or gone. */

import { edit, unknownIds } from "./assessment.js";
import { button, el, list } from "./dom.js";

/** @import { Assessment, Data, Gate } from "./types.js" */
/** @import { Child } from "./dom.js" */
/** @import { Form } from "./form.js" */
/** @import { Store } from "./store.js" */

/**
 * @typedef {object} Revision
 * @property {string} before the version that the assessment was made with
 * @property {string[]} added gates that were not in that version, where it is known
 * @property {string[]} reworded answered gates that were worded anew
 * @property {string[]} gone ids that stand in the assessment, and not in the rubric
 */

/**
 * Return what has changed for an assessment; null where its version is the rubric's.
 * @param {Assessment} assessment
 * @param {Data} data
 * @param {Record<string, string> | null} known titles of the gates of the earlier version, by id
 * @returns {Revision | null}
 */
export function findRevision(assessment, data, known) {
  const before = assessment.rubric?.version;
  if (!before || before === data.version) return null;
  const { answers = {} } = assessment;
  const isNew = (/** @type {Gate} */ { id, aliases }) =>
    known !== null && ![id, ...aliases].some((one) => Object.hasOwn(known, one));
  const isReworded = (/** @type {Gate} */ { id, rev }) =>
    answers[id]?.answer && (answers[id].rev ?? 1) < rev;
  return {
    before,
    added: data.gates.filter(isNew).map((gate) => gate.id),
    reworded: data.gates.filter(isReworded).map((gate) => gate.id),
    gone: unknownIds(assessment, data),
  };
}

/**
 * Return the titles of the gates of a version that this browser has seen, if it has.
 * @param {Store} store
 * @param {string} version
 * @returns {Record<string, string> | null}
 */
export function titlesOf(store, version) {
  try {
    const found = JSON.parse(store.shelf.get(versionKey(store, version)) ?? "null");
    return typeof found === "object" ? found : null;
  } catch {
    return null;
  }
}

/**
 * Remember the titles of today's gates: a later version can then tell which of its own are new.
 * @param {Store} store
 */
export function rememberTitles(store) {
  const { data, shelf } = store;
  const key = versionKey(store, data.version);
  if (shelf.get(key) !== null) return;
  shelf.set(key, JSON.stringify(Object.fromEntries(data.gates.map((one) => [one.id, one.title]))));
}

/**
 * @param {Store} store
 * @param {string} version
 */
const versionKey = (store, version) => `${store.key("stagebook-rubric/1")}.${version}`;

/**
 * Return what to tell the reader of a rubric that has changed, with the choices that they have.
 * @param {Form} form
 * @returns {Child[]}
 */
export function drawRevision(form) {
  const { data, names, store, t } = form;
  const { assessment } = store;
  const titles = titlesOf(store, assessment.rubric?.version ?? "");
  const revision = findRevision(assessment, data, titles);
  if (!revision) return [];
  const { added, before, gone, reworded } = revision;
  const step = (/** @type {string} */ id) => {
    const element = form.byGate.get(id)?.[0].element;
    return element ? form.stepLink(element.id, names.gate(id), "") : names.gate(id);
  };
  const holds = (/** @type {string} */ id) =>
    button(
      t("still-holds"),
      () => {
        const rev = names.gates.get(id)?.rev;
        store.change((a) => edit(a, id, { rev }), { gate: id });
      },
      { class: "sb-link", "aria-label": `${t("still-holds")}: ${names.gate(id)}` },
    );
  const drop = button(t("drop-gone"), () => {
    store.change((a) => dropUnknown(a, gone), { all: true });
  });
  const accept = button(t("accept-version", { version: data.version }), () => {
    store.change(
      (a) => {
        a.rubric = { id: data.id, version: data.version };
      },
      { all: true },
    );
  });
  const title = (/** @type {string} */ id) => titles?.[id] ?? id;
  return [
    el("b", {}, t("rubric-changed", { before, after: data.version })),
    ` ${t("rubric-changed-lead")}`,
    added.length > 0 && el("p", {}, t("gates-new", { n: added.length })),
    added.length > 0 && list(added.map((id) => [step(id)])),
    reworded.length > 0 && el("p", {}, t("gates-reworded", { n: reworded.length })),
    reworded.length > 0 &&
      list(
        reworded.map((id) => [
          step(id),
          `: ${names.answer(id, assessment.answers?.[id]?.answer ?? null)} `,
          holds(id),
        ]),
      ),
    gone.length > 0 && el("p", {}, t("gates-gone", { n: gone.length })),
    gone.length > 0 && list(gone.map((id) => [title(id)])),
    el("div", { class: "sb-menu" }, accept, gone.length > 0 && drop),
  ];
}

/**
 * @param {Assessment} assessment
 * @param {string[]} gone
 */
function dropUnknown(assessment, gone) {
  for (const id of gone) {
    delete assessment.answers?.[id];
    delete assessment.measures?.[id];
  }
  assessment.symptoms = assessment.symptoms?.filter((id) => !gone.includes(id));
}

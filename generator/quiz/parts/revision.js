/** A rubric that has changed since an assessment was made: what is new, reworded or gone. */

import { edit, unknownIds } from "../assessment/reader.js";
import { button, el, list } from "../render/dom.js";

/** @import { Quiz } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Form } from "./form.js" */
/** @import { Store } from "../state/store.js" */

/**
 * Return where the titles of a version's gates are kept, for the day on which the rubric changes.
 * @param {Store} store
 * @param {string} [version]
 */
const versionKey = (store, version) => `${store.key("stagebook-rubric/1")}.${version}`;

/**
 * Remember the titles of today's gates: a later version can then tell which of its own are new.
 * @param {Quiz} quiz
 */
export function rememberTitles({ data, store }) {
  const name = versionKey(store, data.version);
  const titles = Object.fromEntries(data.gates.map(({ id, title }) => [id, title]));
  if (store.storage.get(name) === null) store.storage.set(name, JSON.stringify(titles));
}

/**
 * Return what to tell the reader of a rubric that has changed, with the choices that they have.
 * @param {Quiz} quiz
 * @param {Form} form
 * @returns {Child[]}
 */
export function drawRevision({ data, names, store, t }, form) {
  const { answers = {}, rubric } = store.assessment;
  const before = rubric?.version;
  if (!before || before === data.version) return [];
  /** @type {Record<string, string> | null} */
  let titles = null;
  try {
    titles = JSON.parse(store.storage.get(versionKey(store, before)) ?? "null");
  } catch {
    // Then nobody knows what was there before.
  }
  const added = data.gates.filter(
    ({ id, aliases }) => titles && ![id, ...aliases].some((one) => titles && one in titles),
  );
  const reworded = data.gates.filter(
    ({ id, rev }) => answers[id]?.answer && (answers[id].rev ?? 1) < rev,
  );
  const gone = unknownIds(store.assessment, data);
  const step = (/** @type {string} */ id) => {
    const question = form.questions.find(({ gate }) => gate.id === id);
    return question ? el("a", { href: `#${question.element.id}` }, names.gate(id)) : names.gate(id);
  };
  const holds = (/** @type {string} */ id, /** @type {number} */ rev) => {
    const keep = () => store.change((a) => edit(a, id, { rev }), { gate: id });
    const label = `${t("still-holds")}: ${names.gate(id)}`;
    return button(t("still-holds"), keep, { class: "sb-link", "aria-label": label });
  };
  const accept = () =>
    store.change((a) => {
      a.rubric = { id: data.id, version: data.version };
    });
  const drop = () =>
    store.change((a) => {
      for (const id of gone) {
        delete a.answers?.[id];
        delete a.measures?.[id];
      }
      a.symptoms = a.symptoms?.filter((id) => !gone.includes(id));
    });
  const part = (
    /** @type {"gates-new" | "gates-reworded" | "gates-gone"} */ key,
    /** @type {Child[][]} */ items,
  ) => (items.length ? [el("p", {}, t(key, { n: items.length })), list(items)] : []);
  return [
    el("b", {}, t("rubric-changed", { before, after: data.version })),
    ` ${t("rubric-changed-lead")}`,
    ...part(
      "gates-new",
      added.map(({ id }) => [step(id)]),
    ),
    ...part(
      "gates-reworded",
      reworded.map(({ id, rev }) => [
        ...[step(id), `: ${names.answer(id, answers[id].answer ?? null)} `],
        holds(id, rev),
      ]),
    ),
    ...part(
      "gates-gone",
      gone.map((id) => [titles?.[id] ?? id]),
    ),
    button(t("accept-version", { version: data.version }), accept),
    gone.length > 0 && button(t("drop-gone"), drop),
  ];
}

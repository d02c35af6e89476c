/** Keeping a result and taking it elsewhere: link, tables, text, badge, paper. */

import { diagnose } from "./diagnosis.js";
import { button, el, save } from "./dom.js";
import { planMarkdown, toBadge, toCsv, toMarkdown } from "./exports.js";
import { fileName } from "./head.js";
import { decodeLink, encodeLink, isLink } from "./link.js";
import { Sentences } from "./sentences.js";

/** @import { Head } from "./head.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "./scoring.js" */
/** @import { Store } from "./store.js" */

/**
 * Make the buttons that take a result elsewhere.
 * @param {Scorer} scorer
 * @param {Names} names
 * @param {Store} store
 * @param {Head} head
 */
export function shareBar(scorer, names, store, head) {
  const { data, t } = names;
  const say = new Sentences(scorer, names, t);
  const notes = el("input", { type: "checkbox" });
  const shown = el("input", {
    type: "text",
    readonly: true,
    "aria-label": t("link"),
    hidden: true,
  });
  const state = () => {
    const result = scorer.score(store.assessment);
    return { result, diagnosis: diagnose(scorer, store.assessment, result) };
  };
  const offer = (
    /** @type {string} */ ending,
    /** @type {string} */ type,
    /** @type {string} */ text,
  ) => save(fileName(data, store.assessment, ending), text, type);

  async function link() {
    const state = await encodeLink(store.assessment, data, { notes: notes.checked });
    shown.value = `${location.href.replace(/#.*/, "")}#${state}`;
    shown.hidden = false;
    await copy(shown.value);
    const here = location.protocol === "file:" && ` ${t("link-of-file")}`;
    head.say(t("link-copied") + (here || ""));
  }
  function markdown() {
    const { result, diagnosis } = state();
    copy(toMarkdown(scorer, store.assessment, result, diagnosis, names, t));
    head.say(t("copied"));
  }
  function plan() {
    copy(planMarkdown(scorer, state().diagnosis, names, t));
    head.say(t("copied"));
  }
  function badge() {
    const { result } = state();
    const { so_far } = result.overall;
    const { low, high } = scorer.score({}).overall;
    const share = ((so_far ?? 0) - (low ?? 0)) / ((high ?? 0) - (low ?? 0) || 1);
    const value = names.place({ ...result.overall }) || names.score(so_far ?? 0);
    offer("svg", "image/svg+xml", toBadge(data.title, value || say.headline(result), share));
  }
  return el(
    "div",
    { class: "sb-share" },
    el("h3", {}, t("share")),
    el(
      "div",
      { class: "sb-menu" },
      button(t("copy-link"), link),
      button(t("copy-markdown"), markdown),
      button(t("copy-plan"), plan),
      button(t("csv"), () => {
        offer("csv", "text/csv", toCsv(scorer, store.assessment, state().result, names, t));
      }),
      button(t("badge"), badge),
      button(t("print-result"), () => paper("sb-print-result")),
      button(t("print-all"), () => paper("sb-print-all")),
    ),
    el("label", { class: "sb-flag" }, notes, ` ${t("link-notes")}`),
    shown,
  );
}

/**
 * Print a part of the page, or all of it with everything unfolded.
 * @param {"sb-print-result" | "sb-print-all"} what
 */
function paper(what) {
  const root = document.documentElement;
  const all = what === "sb-print-all" ? ".sb-quiz details:not([open])" : "details.none";
  const folded = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll(all)]);
  root.classList.add(what);
  for (const one of folded) one.open = true;
  const after = () => {
    root.classList.remove(what);
    for (const one of folded) one.open = false;
  };
  addEventListener("afterprint", after, { once: true });
  // What is drawn when it is opened needs a moment.
  setTimeout(print);
}

/**
 * Copy text, also where the page is not on a secure host.
 * @param {string} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", {});
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

/**
 * Offer the assessment that the address holds, if it does; nothing changes until the reader says so.
 * @param {Names} names
 * @param {Head} head
 */
export async function offerLink(names, head) {
  const { data, t } = names;
  const fragment = location.hash.slice(1);
  if (!isLink(fragment)) return;
  history.replaceState(history.state, "", location.href.replace(/#.*/, ""));
  const read = await decodeLink(fragment, data);
  if ("refused" in read) return head.say(t(read.refused, { found: read.found }));
  const { subject, team, date, answers } = read.assessment;
  const about = [subject || t("unnamed"), team, date].filter(Boolean).join(", ");
  const words = { about, n: Object.keys(answers ?? {}).length };
  const close = () => head.ask("link");
  const take = () => {
    close();
    head.take(read, t("link"));
  };
  head.ask(
    "link",
    el("p", {}, t("link-holds", words)),
    el("div", { class: "sb-menu" }, button(t("link-take"), take), button(t("link-leave"), close)),
  );
}

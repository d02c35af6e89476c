/** Keeping a result and taking it elsewhere: link, table, text, badge, paper. */

import { fileName } from "../assessment/file-name.js";
import { act, button, el, parts, save } from "../render/dom.js";
import { md, toBadge, toCsv, toMarkdown } from "../report/exports.js";
import { decodeLink, encodeLink } from "../state/link.js";
import { settleRoute } from "../state/route.js";

/** @import { Head } from "./toolbar.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Route } from "../state/route.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Store } from "../state/store.js" */

/**
 * Make the buttons below a result take it elsewhere.
 * @param {Element} section holds the result as it is drawn, and the buttons
 * @param {Scorer} scorer
 * @param {Names} names
 * @param {Store} store
 * @param {Head} head
 * @param {AbortSignal} signal
 */
export function shareBar(section, scorer, names, store, head, signal) {
  const { data, t } = names;
  const { address, private: notes } = parts(section);
  const drawn = /** @type {Element} */ (section.querySelector(".sb-body"));
  const now = () => scorer.score(store.assessment);
  /** @type {(ending: string, type: string, text: string) => void} */
  const offer = (ending, type, text) => save(fileName(data, store.assessment, ending), text, type);
  const pass = (/** @type {string} */ text) => {
    copy(text);
    head.say(t("copied"));
  };
  act(
    section,
    {
      async "copy-link"() {
        const state = await encodeLink(store.assessment, data, notes.checked);
        address.value = `${location.href.split("#")[0]}#${state}`;
        address.hidden = false;
        copy(address.value);
        head.say(t(location.protocol === "file:" ? "link-copied-file" : "link-copied"));
      },
      "copy-markdown"() {
        const { subject, date } = store.assessment;
        const about = [data.title, subject, date].filter(Boolean).join(", ");
        pass(`## ${md(about)}\n\n${toMarkdown(drawn)}\n`);
      },
      "copy-plan": () => pass(toMarkdown(drawn.querySelector(".sb-plan") ?? drawn)),
      csv: () => offer("csv", "text/csv", toCsv(names, store.assessment, now())),
      badge() {
        const { overall } = now();
        const value = names.place(overall) || names.score(overall.so_far ?? 0);
        offer("svg", "image/svg+xml", toBadge(`${data.title}: ${value}`));
      },
      "print-result": () => paper(false),
      "print-all": () => paper(true),
    },
    signal,
  );
}

/**
 * Print the result, or all of the quiz with everything unfolded.
 * @param {boolean} all
 */
function paper(all) {
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const folded = document.querySelectorAll(".sb-quiz details:not([open])");
  const set = (/** @type {boolean} */ on) => {
    document.documentElement.classList.toggle(all ? "sb-print-all" : "sb-print-result", on);
    if (all) for (const one of folded) one.open = on;
  };
  set(true);
  addEventListener("afterprint", () => set(false), { once: true });
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
    const area = el("textarea", {}, text);
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

/**
 * Offer the assessment in a link, if there is one; nothing changes until the reader says so.
 * @param {Route} route
 * @param {Names} names
 * @param {Head} head
 */
export async function offerLink(route, names, head) {
  if (route.kind !== "shared") return;
  const { data, t } = names;
  const read = await decodeLink(route.link, data);
  const close = () => {
    settleRoute();
    head.ask("link");
  };
  const take = () => {
    close();
    head.take(read, t("link"));
  };
  if ("refused" in read) return take();
  const { subject, team, date, answers = {} } = read.assessment;
  const about = [subject || t("unnamed"), team, date].filter(Boolean).join(", ");
  head.ask(
    "link",
    el("p", {}, t("link-holds", { about, n: Object.keys(answers).length })),
    el("div", { class: "sb-menu" }, button(t("link-take"), take), button(t("link-leave"), close)),
  );
}

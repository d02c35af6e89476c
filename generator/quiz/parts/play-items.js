/** Plays as items of lists, each with what moves it: a list of phases, and keys in a phase. */

import { button, el } from "#core/render/dom.js";

/** @import { Remediation } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */

export class PlayItems {
  #move;
  #names;

  /**
   * @param {Names} names
   * @param {(play: string, phase: number, position: number) => void} move moves a play in its phase
   */
  constructor(names, move) {
    this.#names = names;
    this.#move = move;
  }

  /**
   * Make the item of a play in a phase: with an owner, and a place among the others.
   * @param {string} id
   * @param {number} index
   * @param {number} at
   * @param {number} length
   * @param {number} shown
   */
  placed(id, index, at, length, shown) {
    const { t } = this.#names;
    const play = this.#names.play(id);
    const owner = el("input", {
      type: "text",
      "data-owner": id,
      "data-key": `owner ${id}`,
      autocomplete: "off",
    });
    owner.ariaLabel = t("play-owner", { play });
    owner.placeholder = this.#play(id)?.owner ?? t("owner");
    const mover = (
      /** @type {"up" | "down"} */ way,
      /** @type {number} */ to,
      /** @type {boolean} */ disabled,
    ) =>
      button(way === "up" ? "↑" : "↓", () => this.#move(id, index, to), {
        ...{ "data-key": `${way} ${id}`, disabled },
        "aria-label": t(way === "up" ? "play-up" : "play-down", { play }),
      });
    return this.item(id, index, shown, [
      length > 1 && [mover("up", at - 1, !at), mover("down", at + 1, at === length - 1)],
      owner,
    ]);
  }

  /** @param {string} id */
  #play(id) {
    return this.#names.data.remediations.find((play) => play.id === id);
  }

  /**
   * Make the item of a play, with a list of the phases to which it may go.
   * @param {string} id
   * @param {number | null} index the phase in which it is
   * @param {number} shown how many phases there are
   * @param {Child} [more]
   */
  item(id, index, shown, more) {
    const { t } = this.#names;
    const label = t("play-phase", { play: this.#names.play(id) });
    const select = el(
      "select",
      { "data-play": id, "data-key": `phase ${id}`, "aria-label": label, autocomplete: "off" },
      el("option", { value: "" }, t("no-phase")),
      Array.from({ length: shown }, (_, n) => el("option", { value: n }, t("phase", { n: n + 1 }))),
    );
    select.value = index === null ? "" : String(index);
    const about = this.#about(this.#play(id), index === null);
    return el(
      "li",
      { draggable: "true", "data-item": id },
      this.#names.playLink(id),
      about && el("small", {}, about),
      el("div", { class: "sb-row" }, select, more),
    );
  }

  /**
   * Return who usually does a play, and how long it takes.
   * @param {Remediation | undefined} play
   * @param {boolean} withOwner
   */
  #about(play, withOwner) {
    const { t } = this.#names;
    const [from, to] = play?.weeks ?? [];
    const weeks =
      from === to
        ? t("weeks-same", { n: from ?? 0 })
        : t("weeks", { from: from ?? 0, to: to ?? 0 });
    return [withOwner && play?.owner, play?.weeks && weeks].filter(Boolean).join(", ");
  }
}

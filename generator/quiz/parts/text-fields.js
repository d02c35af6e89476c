/** Fields in which somebody types: kept after a pause, and never changed under the typist's hands. */

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

const TYPING_PAUSE = 300;

export class TextFields {
  /** @type {Map<Field, ReturnType<typeof setTimeout>>} */
  #pending = new Map();
  /** What stood in a field before somebody typed. @type {WeakMap<Field, string>} */
  #bases = new WeakMap();
  #keep;
  #onBothKept;

  /**
   * @param {(field: Field) => void} keep puts what stands in a field into the assessment
   * @param {() => void} onBothKept is told when a field holds what two tabs typed
   */
  constructor(keep, onBothKept) {
    this.#keep = keep;
    this.#onBothKept = onBothKept;
  }

  /**
   * Keep what somebody types once they pause.
   * @param {Field} field
   */
  typed(field) {
    clearTimeout(this.#pending.get(field));
    this.#pending.set(
      field,
      setTimeout(() => this.keep(field), TYPING_PAUSE),
    );
  }

  /** @param {Field} field */
  keep(field) {
    clearTimeout(this.#pending.get(field));
    this.#pending.delete(field);
    this.#keep(field);
  }

  /** Keep at once what was typed a moment ago. */
  flush() {
    for (const field of this.#pending.keys()) this.keep(field);
  }

  /**
   * Return whether somebody is typing in a field.
   * @param {Field} field
   */
  isPending(field) {
    return this.#pending.has(field);
  }

  /**
   * Set the value of a field, unless somebody is typing in it.
   * @param {Field} field
   * @param {string} value
   */
  fill(field, value) {
    if (this.isPending(field)) return;
    this.#bases.set(field, value);
    if (field.value !== value) field.value = value;
  }

  /**
   * Return what to keep of a text: both, where another tab typed in the same field meanwhile.
   * @param {Field} field
   * @param {unknown} stored
   */
  reconcile(field, stored) {
    const { type, value } = field;
    const isLong = type === "textarea";
    const isOurs = !stored || stored === value || stored === (this.#bases.get(field) ?? "");
    // A date or a choice cannot hold two: the one chosen last counts.
    if (!isOurs && (isLong || type === "text")) {
      field.value = `${stored}${isLong ? "\n" : " / "}${value}`;
      this.#onBothKept();
    }
    this.#bases.set(field, field.value);
    return field.value;
  }
}

/**
 * Return whether a field holds text of the assessment.
 * @param {Field} field
 */
export const holdsText = ({ dataset: { about, field, measure }, type }) =>
  type !== "checkbox" && (about || field || measure);

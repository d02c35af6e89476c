/** Making and finding elements: text is always set as text, never as HTML. */

/** @import { Child as Held } from "../types.js" */
/** @typedef {Held} Child */

/**
 * Make an element; `on` holds listeners, other keys are attributes, false and null leave one out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * Give an element its attributes, listeners and children.
 * @template {Element} T
 * @param {T} element
 * @param {Record<string, any>} attributes
 * @param {Child[]} children
 */
export function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [type, listener] of Object.entries(value))
        element.addEventListener(type, listener);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  show(element, ...children);
  return element;
}

/**
 * Return the elements of a part that Python rendered, by the name in their `data-el`.
 * @param {Element} root
 * @returns {Record<string, any>}
 */
export const parts = (root) =>
  Object.fromEntries(
    [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-el]"))].map(
      (element) => [element.dataset.el, element],
    ),
  );

/**
 * Run the action that the clicked element, or one around it, names in `data-act`.
 * @param {Element} root
 * @param {Record<string, (event: Event) => void>} actions
 * @param {AbortSignal} [signal]
 */
export function act(root, actions, signal) {
  const run = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const named = /** @type {HTMLElement | null} */ (target.closest("[data-act]"));
    actions[named?.dataset.act ?? ""]?.(event);
  };
  root.addEventListener("click", run, { signal });
}

/**
 * Make a link, or plain text where there is no page to go to.
 * @param {string | null} href
 * @param {string} text
 * @param {Record<string, any> | null} [attributes]
 */
export function link(href, text, attributes) {
  return href ? el("a", { href, ...attributes }, text) : el("span", { ...attributes }, text);
}

/**
 * Make a paragraph, unless there is nothing to say.
 * @param {string} text
 * @param {string} [kind] its class
 * @returns {Child}
 */
export const line = (text, kind) => text && el("p", { class: kind }, text);

/**
 * Make a button.
 * @param {string} text
 * @param {(event: Event) => void} click
 * @param {Record<string, any>} [attributes]
 */
export function button(text, click, attributes = {}) {
  return el("button", { type: "button", class: "sb-button", ...attributes, on: { click } }, text);
}

/**
 * Make a list of items.
 * @param {Child[][]} items
 * @param {"ul" | "ol"} [tag]
 */
export function list(items, tag = "ul") {
  return el(tag, {}, ...items.map((children) => el("li", {}, ...children)));
}

/**
 * Make a row of a table, which begins with its heading.
 * @param {Child[]} cells
 */
export const row = ([name, ...cells]) =>
  el("tr", {}, el("th", { scope: "row" }, name), ...cells.map((cell) => el("td", {}, cell)));

/**
 * Make a table; a column without a heading has none.
 * @param {string} kind its class
 * @param {Child} caption
 * @param {Child[]} heads
 * @param {Child[][]} rows
 */
export function table(kind, caption, heads, rows) {
  const head = heads.map((name) => el(name ? "th" : "td", { scope: name && "col" }, name));
  return el(
    "table",
    { class: kind },
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, ...head)),
    el("tbody", {}, ...rows.map(row)),
  );
}

/**
 * Replace what an element shows; lists of children may lie in each other.
 * @param {Element} element
 * @param {...Child} children
 */
export function show(element, ...children) {
  element.replaceChildren(.../** @type {(Node | string)[]} */ (children.flat(9).filter(Boolean)));
}

/**
 * Set the text of an element; the same text again would still cost a layout.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Offer text, or what is no text, as a file.
 * @param {string} name one that is safe on every system: see `file-name`
 * @param {string | Blob} content
 * @param {string} type
 */
export function save(name, content, type) {
  const href = URL.createObjectURL(new Blob([content], { type }));
  const anchor = el("a", { href, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/**
 * Do something as soon as the page is loaded.
 * @param {() => void} task
 * @param {AbortSignal} signal
 */
export function afterLoad(task, signal) {
  if (document.readyState === "complete") task();
  else addEventListener("load", task, { signal });
}

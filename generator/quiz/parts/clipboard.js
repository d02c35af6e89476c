/** Copying text. */

import { el } from "#core/render/dom.js";

/**
 * Copy text, also where the page is not on a secure host; return whether the browser did.
 * @param {string} text
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const pressed = document.activeElement;
    const area = el("textarea", {}, text);
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    if (pressed instanceof HTMLElement) pressed.focus();
    return copied;
  }
}

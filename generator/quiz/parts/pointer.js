/**
 * Whether somebody presses a button or a finger just now. What is drawn anew or moves between a press
 * and its release loses the click: it counts only where both meet the same element.
 */

/** A press whose release is never told, as on a list that unfolds, holds nothing up for longer. */
const MAX_PRESS = 1_000;
/** A finger's click comes a moment after its release, in milliseconds. */
const TOUCH_PAUSE = 50;

let pressed = false;
/** @type {Set<() => void>} */
const waiting = new Set();
/** @type {ReturnType<typeof setTimeout>} */
let end;

/** Do now what has waited. */
function release() {
  pressed = false;
  clearTimeout(end);
  for (const act of [...waiting]) {
    waiting.delete(act);
    act();
  }
}

/**
 * Watch presses on the page.
 * @param {AbortSignal} signal
 */
export function watchPresses(signal) {
  const how = { capture: true, passive: true, signal };
  const press = () => {
    pressed = true;
    clearTimeout(end);
    end = setTimeout(release, MAX_PRESS);
  };
  const lift = (/** @type {PointerEvent} */ { pointerType }) => {
    clearTimeout(end);
    end = setTimeout(release, pointerType === "mouse" ? 0 : TOUCH_PAUSE);
  };
  addEventListener("pointerdown", press, how);
  addEventListener("pointerup", lift, how);
  addEventListener("pointercancel", lift, how);
  // The click has met its element: what it changes shows at once.
  const met = () => {
    pressed = false;
  };
  addEventListener("click", met, how);
}

/**
 * Do something that moves what is on the page: at once, or as soon as nobody presses on it.
 * @param {() => void} act
 */
export function whenReleased(act) {
  if (pressed) waiting.add(act);
  else act();
}

/** Pictures as files. */

import { save } from "#core/render/dom.js";
import { toPng, toSvgText } from "../report/scene.js";

/** @import { Scene } from "../report/scene.js" */

/**
 * Offer a picture as a file; return whether the browser could make it.
 * @param {Scene} scene
 * @param {"svg" | "png"} kind
 * @param {string} name
 */
export async function savePicture(scene, kind, name) {
  if (kind === "svg") {
    save(name, toSvgText(scene), "image/svg+xml");
    return true;
  }
  const picture = await toPng(scene);
  if (picture) save(name, picture, "image/png");
  return picture !== null;
}

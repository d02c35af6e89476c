/** A link as a QR code. */

/*!
lean-qr, https://github.com/davidje13/lean-qr

MIT License

Copyright (c) 2021-2025 David Evans

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
*/

import { generate } from "lean-qr/nano";

/** @import { Scene } from "./scene.js" */

/** As many units has a module, and as many modules the white edge that readers need. */
const MODULE = 6;
const EDGE = 4;

/**
 * Return a link as a QR code, or null where it is too long for one.
 * @param {string} link
 * @param {string} title
 * @returns {Scene | null}
 */
export function qrScene(link, title) {
  const code = codeOf(link);
  if (!code) return null;
  const size = (code.size + 2 * EDGE) * MODULE;
  const shapes = [];
  for (let row = 0; row < code.size; row++) {
    for (let column = 0; column < code.size; column++) {
      const from = column;
      while (code.get(column, row)) column++;
      const width = (column - from) * MODULE;
      const place = { x: (from + EDGE) * MODULE, y: (row + EDGE) * MODULE };
      if (width) shapes.push({ ...place, width, height: MODULE, fill: "#000000" });
    }
  }
  return { width: size, height: size, title, about: "", shapes };
}

/** @param {string} link */
function codeOf(link) {
  try {
    return generate(link);
  } catch {
    // The largest code has room for some 2,950 bytes.
    return null;
  }
}

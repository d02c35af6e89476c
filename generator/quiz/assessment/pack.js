/** Text packed for an address: deflate and base64url. */

/** A piece of input: deflate makes at most about a thousand times as much of it. */
const PIECE = 4096;

/** More came out than there may be. */
export class TooLarge extends Error {}

/**
 * Return text as base64url of its deflated UTF-8.
 * @param {string} text
 * @returns {Promise<string>}
 */
export async function pack(text) {
  const bytes = new TextEncoder().encode(text);
  const packed = await pass(bytes, new CompressionStream("deflate-raw"), Infinity);
  const base64 = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Return the text in base64url, deflated or plain; throws for what is damaged, and TooLarge.
 * @param {string} safe
 * @param {boolean} deflated
 * @param {number} limit the most bytes that the text may have
 * @returns {Promise<string>}
 */
export async function unpack(safe, deflated, limit) {
  const packed = atob(safe.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(packed, (sign) => sign.charCodeAt(0));
  if (!deflated) return new TextDecoder().decode(bytes);
  const inflated = await pass(bytes, new DecompressionStream("deflate-raw"), limit);
  return new TextDecoder().decode(inflated);
}

/**
 * Return what a stream makes of bytes. They go in piece by piece, each after what came of the last
 * was taken: what grows beyond the limit is stopped before it fills the memory.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {GenericTransformStream} stream
 * @param {number} limit
 */
async function pass(bytes, stream, limit) {
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  // What goes wrong in here goes wrong for the reader too, who tells of it.
  const fed = feed(bytes, writer).catch(() => {});
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      const error = new TooLarge();
      await Promise.allSettled([reader.cancel(error), writer.abort(error), fed]);
      throw error;
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {WritableStreamDefaultWriter} writer
 */
async function feed(bytes, writer) {
  for (let at = 0; at < bytes.length; at += PIECE) {
    await writer.ready;
    await writer.write(bytes.subarray(at, at + PIECE));
  }
  await writer.close();
}

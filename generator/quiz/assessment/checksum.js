/** The checksum of a text, as links hold it. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  return crc;
});

/**
 * Return the CRC-32 of a text's UTF-8, the one of zip and PNG, as eight hexadecimal digits.
 * @param {string} text
 */
export function crc32(text) {
  let crc = -1;
  for (const byte of new TextEncoder().encode(text)) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 0xff];
  return (~crc >>> 0).toString(16).padStart(8, "0");
}

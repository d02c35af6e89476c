/** Text without line breaks. */

/**
 * Return text without line breaks and what XML must not hold, half characters among them.
 * @param {string} text
 */
export const oneLine = (text) => text.replace(/[\s\p{Cc}\p{Cs}\ufffe\uffff]+/gu, " ").trim();

/** What the strictest of Windows, macOS and an SMB share allows for one part of a path, with room for `.part`. */
const longestNameChars = 120;
const longestNameBytes = 200;

/** Forbidden on Windows and SMB. */
const separators = /[/\\:*?"<>|]/gu;
/** Control, bidi and zero-width characters, and those that no font or file system agrees on: they only hide what a name is. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u{115F}\u{1160}\u{3164}\u{FFA0}\u{FFFD}]/gu;
const spaces = /[\p{Z}\t\r\n]+/gu;
/** Windows' device names, with any extension; COM and LPT take superscript digits too. */
const deviceName = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *\.|$)/iu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const encoder = new TextEncoder();
const utf8Bytes = (text: string): number => encoder.encode(text).byteLength;

/** Replaces what no file system of ours may see; the result may still be empty, too long or a device's name. */
const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(separators, '-')
    .replace(spaces, ' ')
    .replace(unseen, '')
    // What stood between two characters is gone: they may compose now.
    .normalize('NFC');

const trimEnds = (text: string): string => text.replace(/^[.\- ]+/u, '').replace(/[. ]+$/u, '');

/** The longest beginning that fits, cut between characters as a person sees them: never inside a surrogate pair or an emoji. */
const cutToFit = (text: string, maxChars: number, maxBytes: number): string => {
  if (text.length <= maxChars && utf8Bytes(text) <= maxBytes) return text;
  let kept = '';
  let keptBytes = 0;
  for (const { segment } of graphemes.segment(text)) {
    keptBytes += utf8Bytes(segment);
    if (kept.length + segment.length > maxChars || keptBytes > maxBytes) break;
    kept += segment;
  }
  return kept;
};

/**
 * One part of a path that is valid, visible and harmless on Windows, macOS and SMB, whatever `text` is. `suffix`
 * (extension and what tells it from a namesake; already safe) is kept whole: the text before it is cut to fit.
 */
export const safeName = (text: string, suffix = ''): string => {
  // One place is kept for the underscore that makes a device's name harmless.
  const maxChars = longestNameChars - suffix.length - 1;
  const maxBytes = longestNameBytes - utf8Bytes(suffix) - 1;
  const stem = trimEnds(cutToFit(trimEnds(cleanText(text)), maxChars, maxBytes));
  const name = `${stem === '' ? 'file' : stem}${suffix}`;
  return deviceName.test(name) ? `_${name}` : name;
};

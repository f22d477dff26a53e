import { extensionOf } from './file-names.ts';

/** Kinds whose structure the station knows. */
type KnownKind = 'pdf' | 'png' | 'jpeg' | 'zip';
/** What the first bytes of a file say that it is. */
export type FoundKind = KnownKind | 'html' | 'empty' | 'other';

/** So many bytes from the start tell the kind. A PDF's header may begin anywhere in them (PDF 1.7, implementation notes). */
export const kindBytes = 1024;

const announcedKinds: ReadonlyMap<string, KnownKind | 'html'> = new Map([
  ['pdf', 'pdf'],
  ['xpdf', 'pdf'],
  ['png', 'png'],
  ['jpg', 'jpeg'],
  ['jpeg', 'jpeg'],
  ['jpe', 'jpeg'],
  ['pjpeg', 'jpeg'],
  ['zip', 'zip'],
  ['html', 'html'],
  ['htm', 'html'],
  ['xhtml', 'html'],
]);

/** What a platform's word for the format announces, be it `pdf`, `.PDF` or `application/pdf`; null when that is not known. */
export const announcedKind = (format: string): KnownKind | 'html' | null =>
  announcedKinds.get(extensionOf(format)) ?? null;

const beginnings: readonly (readonly [string, FoundKind])[] = [
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['\xff\xd8\xff', 'jpeg'],
  ['PK\x03\x04', 'zip'],
  ['PK\x05\x06', 'zip'],
];
/** After a byte order mark, an XML declaration and comments, as far as there are any. */
const htmlBeginning =
  /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|script)\b/iu;

export const foundKind = (head: Buffer): FoundKind => {
  if (head.length === 0) return 'empty';
  const text = head.toString('latin1', 0, kindBytes);
  const known = beginnings.find(([beginning]) => text.startsWith(beginning));
  if (known !== undefined) return known[1];
  if (htmlBeginning.test(text)) return 'html';
  return text.includes('%PDF-') ? 'pdf' : 'other';
};

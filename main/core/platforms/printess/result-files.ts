import type { JobFile } from '../../domain/job-sighting.ts';
import type { WireResult } from './schema.ts';

/** The extension in a file name or an address, without its dot; the other one when there is none. */
const formatIn = (name: string, otherwise: string): string => {
  const path = URL.parse(name)?.pathname ?? name;
  return /\.([a-z0-9]{1,8})$/i.exec(path)?.[1]?.toLowerCase() ?? otherwise;
};

/** Printess gives no size and no checksum of a file; the addresses are public. */
const file = (key: string, role: string, format: string, url: string): JobFile => ({
  key,
  role,
  format,
  url,
  expectedBytes: null,
  expectedMd5: null,
  itemExternalId: null,
  needsToken: false,
});

const nameOf = (document: string): string => document.trim() || 'document';

/** One for each document. */
const documentFiles = ({ r, d }: WireResult): readonly JobFile[] =>
  [...r].map(([document, url]) =>
    file(`document ${document}`, nameOf(document), formatIn(url, formatIn(d.get(document) ?? '', 'pdf')), url),
  );

/** One for each page, in the order of the pages; `i` counts from zero. */
const pageFiles = ({ p }: WireResult): readonly JobFile[] => {
  const pages = p.map(({ d, u, i }, at) => ({ document: d, url: u, page: i ?? at }));
  const pageCounts = Map.groupBy(pages, ({ document }) => document);
  return pages
    .toSorted((a, b) => a.page - b.page)
    .map(({ document, url, page }) => {
      const isOnly = pageCounts.get(document)?.length === 1;
      const role = isOnly ? nameOf(document) : `${nameOf(document)} ${page + 1}`;
      return file(`page ${page + 1} of ${document}`, role, formatIn(url, 'png'), url);
    });
};

/** The files of a result, each named once; the archive only where it is all there is. */
export const resultFiles = (result: WireResult): readonly JobFile[] => {
  const files = [...documentFiles(result), ...pageFiles(result)];
  const byKey = new Map(files.map((each) => [each.key, each]));
  if (byKey.size > 0) return [...byKey.values()];
  return result.zip === '' ? [] : [file('zip', 'documents', formatIn(result.zip, 'zip'), result.zip)];
};

/** A character that the font does not have is printed as a box: somebody should look before it is. */
export const resultWarnings = (result: WireResult): readonly string[] =>
  result.oi?.hasInvalidGlyph === true ? ['invalidGlyph'] : [];

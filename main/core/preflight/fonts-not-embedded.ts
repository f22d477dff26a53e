import { PDFArray, PDFDict, PDFName, type PDFPage, PDFStream } from '@cantoo/pdf-lib';

const name = (text: string): PDFName => PDFName.of(text);
const programs = [name('FontFile'), name('FontFile2'), name('FontFile3')];
/** `ABCDEF+`: the mark of a subset. */
const subsetMark = /^[A-Z]{6}\+/u;
/** Forms within forms are followed so far. */
const deepest = 4;

const dictionaryAt = (dictionary: PDFDict, key: string): PDFDict | null => {
  const value = dictionary.lookup(name(key));
  return value instanceof PDFDict ? value : null;
};

const namesIn = (dictionary: PDFDict, key: string): string | null => {
  const value = dictionary.lookup(name(key));
  return value instanceof PDFName ? value.decodeText() : null;
};

/** A composite font keeps its program with its only descendant. */
const programKeeperOf = (font: PDFDict): PDFDict => {
  const descendants = font.lookup(name('DescendantFonts'));
  const descendant = descendants instanceof PDFArray && descendants.size() > 0 ? descendants.lookup(0) : null;
  return descendant instanceof PDFDict ? descendant : font;
};

const isEmbedded = (font: PDFDict): boolean => {
  // The glyphs of a Type 3 font are drawings within the file.
  if (namesIn(font, 'Subtype') === 'Type3') return true;
  const descriptor = dictionaryAt(programKeeperOf(font), 'FontDescriptor');
  return descriptor !== null && programs.some((program) => descriptor.lookup(program) instanceof PDFStream);
};

const fontName = (font: PDFDict): string => (namesIn(font, 'BaseFont') ?? '?').replace(subsetMark, '');

const valuesOf = (dictionary: PDFDict | null): readonly unknown[] =>
  dictionary === null ? [] : dictionary.keys().map((key) => dictionary.lookup(key));

/**
 * The fonts that the pages name and that are not in the file, the 14 standard ones among them, by name. Looks at the
 * resources of the pages, their own or inherited, and of the forms that they place.
 */
export const fontsNotEmbedded = (pages: readonly PDFPage[]): string[] => {
  const missing = new Set<string>();
  const seen = new Set<unknown>();
  const look = (resources: PDFDict | null, depth: number): void => {
    if (resources === null || seen.has(resources)) return;
    seen.add(resources);
    for (const font of valuesOf(dictionaryAt(resources, 'Font'))) {
      if (!(font instanceof PDFDict) || seen.has(font)) continue;
      seen.add(font);
      if (!isEmbedded(font)) missing.add(fontName(font));
    }
    if (depth === deepest) return;
    for (const form of valuesOf(dictionaryAt(resources, 'XObject'))) {
      if (form instanceof PDFStream && namesIn(form.dict, 'Subtype') === 'Form') {
        look(dictionaryAt(form.dict, 'Resources'), depth + 1);
      }
    }
  };
  for (const page of pages) look(page.node.Resources() ?? null, 0);
  return [...missing].toSorted();
};

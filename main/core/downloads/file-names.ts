import { safeName } from './safe-name.ts';

/** What a template can say about one file. Order files have no item. */
export interface FileToName {
  readonly itemExternalId: string | null;
  /** The item's place in its order, from 1. */
  readonly itemNumber: number | null;
  readonly title: string;
  readonly product: string;
  readonly copies: number;
  readonly role: string;
  readonly format: string;
}

export interface FilePathsRequest {
  readonly connection: string;
  readonly order: { readonly externalId: string };
  /** Such as `{order}_{item}_{role}_{copies}x`. */
  readonly template: string;
  readonly files: readonly FileToName[];
  /** Whether another order's file has this relative path; asked in lower case, as Windows and macOS compare names. */
  taken(relativePathLowerCase: string): boolean;
}

export interface FilePath {
  readonly name: string;
  /** `<connection>/<order>/<name>`, always with `/`, below the files folder. */
  readonly relativePath: string;
}

/** Never given to a file that came from outside: a double click would run these, and `part` marks an unfinished file. */
const unwelcomeExtensions: ReadonlySet<string> = new Set(
  'part app bat cmd com cpl desktop exe hta inf ini jar js jse lnk msi msp pif ps1 reg scf scr sh url vbe vbs wsf wsh'.split(
    ' ',
  ),
);

/** The extension for a platform's word for the format: its letters and digits, or `bin` when there is nothing to go by. */
export const extensionOf = (format: string): string => {
  const lastWord = format.toLowerCase().split(/[/.]/u).at(-1) ?? '';
  const extension = lastWord.replace(/[^a-z0-9]/gu, '');
  return extension === '' || extension.length > 8 || unwelcomeExtensions.has(extension) ? 'bin' : extension;
};

const fillTemplate = (request: FilePathsRequest, file: FileToName): string => {
  const values = new Map<string, string>([
    ['order', request.order.externalId],
    ['item', file.itemExternalId ?? ''],
    ['number', file.itemNumber === null ? '' : String(file.itemNumber)],
    ['title', file.title],
    ['product', file.product],
    ['role', file.role],
    ['copies', String(file.copies)],
    ['connection', request.connection],
  ]);
  return (
    request.template
      .replace(/\{(\w+)\}/gu, (placeholder, word: string) => values.get(word)?.trim() ?? placeholder)
      // A word that is empty for this file leaves no double separator behind.
      .replace(/_{2,}/gu, '_')
      .replace(/^_+|_+$/gu, '')
  );
};

/** Equal for two paths that a case-insensitive file system would take for one. */
const clashKey = (relativePath: string): string => relativePath.toUpperCase().toLowerCase().normalize('NFC');

/**
 * The names of an order's files and where they lie below the files folder; fixed when the order is stored. Safe
 * whatever the platform sent; a second file of the same name gets `_2`, and so on.
 */
export const planFilePaths = (request: FilePathsRequest): readonly FilePath[] => {
  const folder = `${safeName(request.connection)}/${safeName(request.order.externalId)}`;
  const planned = new Set<string>();
  return request.files.map((file) => {
    const stem = fillTemplate(request, file);
    const extension = extensionOf(file.format);
    for (let copy = 1; ; copy += 1) {
      const name = safeName(stem, `${copy === 1 ? '' : `_${copy}`}.${extension}`);
      const relativePath = `${folder}/${name}`;
      const key = clashKey(relativePath);
      if (planned.has(key) || request.taken(relativePath.toLowerCase())) continue;
      planned.add(key);
      return { name, relativePath };
    }
  });
};

import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** A work of others that a package carries within itself, where its own licence does not speak for it. */
export interface CarriedPart {
  readonly carrier: string;
  readonly name: string;
  /** Null where the carrier does not say. */
  readonly version: string | null;
  readonly licence: string;
  readonly licenceText: string;
}

const inPackage = (root: string, ...parts: readonly string[]): Promise<string> =>
  readFile(path.join(root, 'node_modules', ...parts), 'utf8');

/** The first lines of SQLite's header: its authors' blessing in place of a licence. */
const blessingOf = (header: string): string =>
  header.slice(0, header.indexOf('**********')).replace(/^(?:\/\*|\*\*) ?/gmu, '');

/** What lies in the shipped packages that is not their own. */
export const readCarriedParts = async (root: string): Promise<readonly CarriedPart[]> => {
  const header = await inPackage(root, 'better-sqlite3', 'deps', 'sqlite3', 'sqlite3.h');
  const ofPdf = { carrier: 'pdfjs-dist', version: null };
  return [
    {
      carrier: 'better-sqlite3',
      name: 'sqlite',
      version: /#define SQLITE_VERSION\s+"([^"]+)"/u.exec(header)?.[1] ?? null,
      licence: 'blessing',
      licenceText: blessingOf(header),
    },
    {
      ...ofPdf,
      name: 'openjpeg',
      licence: 'BSD-2-Clause',
      licenceText: await inPackage(root, 'pdfjs-dist', 'wasm', 'LICENSE_OPENJPEG'),
    },
    {
      ...ofPdf,
      name: 'pdfium-jbig2',
      licence: 'BSD-3-Clause',
      licenceText: await inPackage(root, 'pdfjs-dist', 'wasm', 'LICENSE_JBIG2'),
    },
    {
      ...ofPdf,
      name: 'foxit-fonts',
      licence: 'BSD-3-Clause',
      licenceText: await inPackage(root, 'pdfjs-dist', 'standard_fonts', 'LICENSE_FOXIT'),
    },
  ];
};

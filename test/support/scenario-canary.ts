import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A secret that must not be found anywhere, with a name for the report. */
export interface Canary {
  readonly name: string;
  readonly secret: string;
}

interface Form {
  readonly form: string;
  readonly bytes: Buffer;
}

const xmlEntities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Base64 of the secret wherever it lies in a longer text: without what its neighbours decide. */
const base64Forms = (secret: Buffer): readonly Form[] =>
  [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), secret])
      .toString('base64')
      .replaceAll('=', '');
    const core = encoded.slice([0, 2, 3][offset] ?? 0, -1);
    const form = `base64 at ${offset}`;
    return [
      { form, bytes: Buffer.from(core) },
      { form, bytes: Buffer.from(core.replaceAll('+', '-').replaceAll('/', '_')) },
    ];
  });

const formsOf = (secret: string): readonly Form[] => {
  const bytes = Buffer.from(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const asciiJson = inJson.replace(/[^\x20-\x7e]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const texts: readonly (readonly [string, string])[] = [
    ['JSON', inJson],
    ['JSON in JSON', JSON.stringify(inJson).slice(1, -1)],
    ['ASCII JSON', asciiJson],
    ['URL', encodeURIComponent(secret)],
    ['form', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['XML', secret.replace(/[&<>"]/gu, (c) => xmlEntities.get(c) ?? c)],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
  ];
  return [
    { form: 'plain', bytes },
    { form: 'UTF-16', bytes: Buffer.from(secret, 'utf16le') },
    ...texts.map(([form, text]) => ({ form, bytes: Buffer.from(text) })),
    ...base64Forms(bytes),
  ];
};

/** Which canaries are in these bytes, and in which form: `NAME as FORM`. */
export const canariesIn = (content: Buffer | string, canaries: readonly Canary[]): readonly string[] => {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
  return canaries.flatMap(({ name, secret }) =>
    formsOf(secret)
      .filter((form) => bytes.includes(form.bytes))
      .map(({ form }) => `${name} as ${form}`),
  );
};

/** The same for every file below a folder, but those of these names: `FILE: NAME as FORM`. */
export const canariesBelow = async (
  folder: string,
  canaries: readonly Canary[],
  except: ReadonlySet<string>,
): Promise<{ readonly found: readonly string[]; readonly searched: readonly string[] }> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !except.has(entry.name))
    .map((e) => join(e.parentPath, e.name));
  const found = await Promise.all(
    paths.map(async (path) => {
      // One that goes while the station works, such as a part file, is found by the next search or not at all.
      const content = await readFile(path).catch(() => Buffer.alloc(0));
      return canariesIn(content, canaries).map((what) => `${relative(folder, path)}: ${what}`);
    }),
  );
  return { found: found.flat(), searched: paths.map((path) => relative(folder, path)) };
};

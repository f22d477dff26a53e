import { resolve, sep, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extensionOf, type FileToName, planFilePaths } from '../../../../main/core/downloads/file-names.ts';
import { safeName } from '../../../../main/core/downloads/safe-name.ts';

const template = '{order}_{item}_{role}_{copies}x';
const cover: FileToName = {
  itemExternalId: '900000010001',
  itemNumber: 1,
  title: 'Field notes',
  product: 'textbook_cw_a4',
  copies: 3,
  role: 'cover',
  format: 'pdf',
};
const plan = (
  files: readonly Partial<FileToName>[],
  more: { template?: string; order?: string; taken?: string[] } = {},
) =>
  planFilePaths({
    connection: 'cp',
    order: { externalId: more.order ?? '900000010000' },
    template: more.template ?? template,
    files: files.map((file) => ({ ...cover, ...file })),
    taken: (path) => more.taken?.includes(path) ?? false,
  });
const nameOf = (file: Partial<FileToName>, more: { template?: string; order?: string } = {}) =>
  plan([file], more)[0]?.name ?? '';

/** Windows' naming rules written down a second time, from Microsoft's page "Naming Files, Paths, and Namespaces". */
const windowsComplaint = (name: string): string | null => {
  if (name.length === 0 || name.length > 120) return 'length';
  if (Buffer.byteLength(name) > 200) return 'bytes';
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 32 || (code >= 127 && code < 160)) return 'control character';
    if ('<>:"/\\|?*'.includes(character)) return `reserved character ${character}`;
    if (code >= 0xd800 && code <= 0xdfff) return 'half a surrogate pair';
    if ((code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e)) return 'bidi or zero width';
    if ((code >= 0x2060 && code <= 0x206f) || code === 0xfeff) return 'bidi or zero width';
  }
  if (name.endsWith('.') || name.endsWith(' ')) return 'trailing dot or space';
  if (name.startsWith('.') || name.startsWith(' ') || name.startsWith('-')) return 'leading dot, space or dash';
  const base = (name.split('.')[0] ?? '').trimEnd().toUpperCase();
  const devices = ['CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$'];
  for (const port of ['COM', 'LPT']) for (const digit of '0123456789¹²³') devices.push(port + digit);
  if (devices.includes(base)) return `device name ${base}`;
  if (name.normalize('NFC') !== name) return 'not NFC';
  return null;
};

const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        '..',
        '/',
        '\\',
        'CON',
        'nul',
        'COM¹',
        '.',
        ' ',
        '-',
        ':',
        '\u202e',
        '\u200b',
        '👩‍🚀',
        'é',
        'e\u0301',
        '%2e',
        'C:',
        '\0',
        '_',
      ),
      { maxLength: 80 },
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(
    '../../etc/passwd',
    'C:\\Windows\\win.ini',
    'CON',
    'aux.pdf',
    'COM¹',
    'lpt9 .x',
    '',
    '. .',
    '🙂'.repeat(200),
  ),
);

describe('the name of a file', () => {
  it('follows the template', () => {
    expect(plan([cover])).toEqual([
      {
        name: '900000010000_900000010001_cover_3x.pdf',
        relativePath: 'cp/900000010000/900000010000_900000010001_cover_3x.pdf',
      },
    ]);
    expect(nameOf({}, { template: '{connection} {number} {title} {product}' })).toBe(
      'cp 1 Field notes textbook_cw_a4.pdf',
    );
    expect(nameOf({ title: '{role}' }, { template: '{title}-{unknown}' })).toBe('{role}-{unknown}.pdf');
  });

  it('leaves no gap where a file of the order itself has no item', () => {
    expect(nameOf({ itemExternalId: null, itemNumber: null, role: 'shippingLabel', copies: 1 })).toBe(
      '900000010000_shippingLabel_1x.pdf',
    );
  });

  it.each([
    ['pdf', 'pdf'],
    ['PDF', 'pdf'],
    ['application/zip', 'zip'],
    ['.tiff', 'tiff'],
    ['', 'bin'],
    ['../..', 'bin'],
    ['p d\u202ef', 'pdf'],
    ['exe', 'bin'],
    ['part', 'bin'],
    ['averylongformatname', 'bin'],
  ])('takes the extension for the format %j as .%s', (format, extension) => {
    expect(extensionOf(format)).toBe(extension);
  });

  it.each([
    ['a way out of the folder', '../../../etc/passwd', 'etc-passwd.pdf'],
    ['a Windows path', 'C:\\Windows\\system32', 'C--Windows-system32.pdf'],
    ['a device', 'CON', '_CON.pdf'],
    ['a device with an extension', 'nul.tar', '_nul.tar.pdf'],
    ['a device with a superscript digit', 'COM¹', '_COM¹.pdf'],
    ['a device followed by spaces', 'lpt1  ', '_lpt1.pdf'],
    ['the console', 'CONOUT$', '_CONOUT$.pdf'],
    ['text that reads backwards', 'invoice\u202efdp.exe', 'invoicefdp.exe.pdf'],
    ['zero-width characters', 'a\u200bb\ufeffc\u2060d', 'abcd.pdf'],
    ['trailing dots and spaces', 'poster. . .', 'poster.pdf'],
    ['leading dots, dashes and spaces', ' .-.-poster', 'poster.pdf'],
    ['dots only', '..', 'file.pdf'],
    ['nothing', '', 'file.pdf'],
    ['nothing that can be seen', '\u200e\u0000', 'file.pdf'],
    ['decomposed accents', 'cafe\u0301', 'café.pdf'],
    ['emoji', 'Party 🎉 👍🏽', 'Party 🎉 👍🏽.pdf'],
    ['half a surrogate pair', 'a\ud83d', 'a.pdf'],
    ['a template with folders', '../{order}/x', '900000010000-x.pdf'],
  ])('is harmless with %s', (_what, text, expected) => {
    const found = text.includes('{order}')
      ? nameOf({}, { template: text })
      : nameOf({ title: text }, { template: '{title}' });
    expect(found).toBe(expected);
    expect(windowsComplaint(found)).toBeNull();
  });

  it('is cut between characters and keeps its extension', () => {
    const long = nameOf({ title: '🙂'.repeat(300) }, { template: '{title}' });
    expect(long).toMatch(/^(?:🙂)+\.pdf$/u);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(200);
    expect(nameOf({ title: 'x'.repeat(300) }, { template: '{title}' })).toMatch(/^x{100,116}\.pdf$/u);
  });

  it('is told apart from a namesake, however the case is written', () => {
    const files = plan([{ role: 'cover' }, { role: 'Cover' }, { role: 'COVER' }]);
    expect(files.map((file) => file.name)).toEqual([
      '900000010000_900000010001_cover_3x.pdf',
      '900000010000_900000010001_Cover_3x_2.pdf',
      '900000010000_900000010001_COVER_3x_3.pdf',
    ]);
  });

  it('is told apart from a file of another order', () => {
    const taken = ['cp/900000010000/900000010000_900000010001_cover_3x.pdf'];
    expect(plan([cover], { taken })[0]?.name).toBe('900000010000_900000010001_cover_3x_2.pdf');
  });

  it('is told apart even when it has to be cut', () => {
    const long = { title: 'y'.repeat(400) };
    const names = plan([long, long, long], { template: '{title}' }).map((file) => file.name);
    expect(new Set(names).size).toBe(3);
    expect(names[2]).toMatch(/y_3\.pdf$/u);
  });

  it('is valid on Windows whatever a platform sends', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (order, title, role) => {
        const files = plan(
          [
            { title, role, format: role },
            { title, role },
            { title, role },
          ],
          {
            order,
            template: '{title}{role}_{order}',
          },
        );
        for (const file of files) {
          expect(file.relativePath.split('/')).toHaveLength(3);
          for (const part of file.relativePath.split('/')) expect(windowsComplaint(part)).toBeNull();
        }
        expect(new Set(files.map((file) => file.relativePath.toLowerCase())).size).toBe(3);
      }),
      { numRuns: 500 },
    );
  });

  it('never leads out of the files folder', () => {
    const root = resolve('/srv/platen/files');
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (connection, order, title) => {
        const [file] = planFilePaths({
          connection,
          order: { externalId: order },
          template: title,
          files: [{ ...cover, title }],
          taken: () => false,
        });
        const path = file?.relativePath ?? '..';
        expect(resolve(root, path).startsWith(root + sep)).toBe(true);
        expect(win32.resolve('C:\\platen\\files', path).startsWith('C:\\platen\\files\\')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('stays as it is when it is made safe twice', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(safeName(safeName(text))).toBe(safeName(text));
      }),
    );
  });
});

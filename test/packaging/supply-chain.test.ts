import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { packageFolderOf } from '../../scripts/sbom/bundled-packages.ts';
import { readAudit } from '../../scripts/supply-chain/audit-answer.ts';
import { isAllowed } from '../../scripts/supply-chain/licence-rules.ts';
import { builtApp, repository } from '../support/electron-build.ts';

const licences = z
  .array(
    z.union([
      z.strictObject({ license: z.strictObject({ id: z.string() }) }),
      z.strictObject({ expression: z.string() }),
    ]),
  )
  .length(1);
const part = z.strictObject({
  type: z.literal('library'),
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string().optional(),
  licenses: licences,
});
const component = z.strictObject({
  ...part.shape,
  type: z.enum(['library', 'framework']),
  group: z.string().startsWith('@').optional(),
  version: z.string().regex(/^\d+\.\d+\.\d+/u),
  purl: z.string().startsWith('pkg:npm/'),
  hashes: z.tuple([z.strictObject({ alg: z.literal('SHA-512'), content: z.string().regex(/^[0-9a-f]{128}$/u) })]),
  components: z.array(part).optional(),
});
/** CycloneDX 1.6, as far as this bill uses it. */
const bill = z.strictObject({
  $schema: z.literal('http://cyclonedx.org/schema/bom-1.6.schema.json'),
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u),
  version: z.literal(1),
  metadata: z.looseObject({ component: z.looseObject({ type: z.literal('application'), 'bom-ref': z.string() }) }),
  components: z.array(component),
  dependencies: z.array(z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

let built: string;
let read: z.infer<typeof bill>;

beforeAll(async () => {
  built = await builtApp();
  read = bill.parse(JSON.parse(await readFile(path.join(built, 'sbom.cdx.json'), 'utf8')));
}, 180_000);

const find = (name: string) =>
  read.components.find((each) => [each.group, each.name].filter(Boolean).join('/') === name);

describe('the bill of materials of a build', () => {
  test.each(['better-sqlite3', 'electron', 'react', 'fastify', 'ws', 'zod', 'pdfjs-dist', '@mantine/core', 'pino'])(
    'names %s with the version that is installed and its licence',
    async (name) => {
      const manifest: unknown = JSON.parse(
        await readFile(path.join(repository, 'node_modules', name, 'package.json'), 'utf8'),
      );
      expect(manifest).toMatchObject({ version: find(name)?.version });
      expect(find(name)?.licenses).toMatchObject([
        { license: { id: expect.stringMatching(/^(?:MIT|Apache-2\.0)$/u) } },
      ]);
    },
  );

  test('names what packages carry within themselves: the database itself, decoders and fonts', () => {
    expect(find('better-sqlite3')?.components).toMatchObject([
      { name: 'sqlite', version: expect.stringMatching(/^3\.\d+\.\d+$/u) },
    ]);
    expect(find('pdfjs-dist')?.components?.map(({ name }) => name)).toEqual([
      'openjpeg',
      'pdfium-jbig2',
      'foxit-fonts',
    ]);
  });

  test('names no tool: only what is shipped', () => {
    const tools = ['vitest', 'typescript', 'electron-builder', 'playwright-core', 'oidc-provider', 'fast-check'];
    expect(tools.filter((name) => find(name) !== undefined)).toEqual([]);
  });

  test('names each once, and everything hangs on the app', () => {
    const refs = read.components.map((each) => each['bom-ref']);
    expect(refs.toSorted()).toEqual([...new Set(refs)].toSorted());
    const needs = new Map(read.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    const reached = new Set<string>();
    const reach = (ref: string): void => {
      if (reached.has(ref)) return;
      reached.add(ref);
      for (const next of needs.get(ref) ?? []) reach(next);
    };
    const app = read.metadata.component['bom-ref'];
    reach(app);
    expect([...reached].toSorted()).toEqual([app, ...refs].toSorted());
  });

  test('has the words of every licence beside it', async () => {
    const texts = await readFile(path.join(built, 'licences.txt'), 'utf8');
    const unnamed = read.components.filter(
      ({ group, name, version }) => !texts.includes(`${group === undefined ? '' : `${group}/`}${name} ${version} (`),
    );
    expect(unnamed).toEqual([]);
    expect(texts).toContain('May you do good and not evil');
    expect(texts).toContain('Copyright (c) Meta Platforms');
  });
});

test.each([
  ['/shop/node_modules/react/index.js', 'node_modules/react'],
  ['C:\\shop\\node_modules\\@mantine\\core\\esm\\a.mjs', 'node_modules/@mantine/core'],
  ['\0/shop/node_modules/a/node_modules/b/c.js?commonjs-proxy', 'node_modules/a/node_modules/b'],
  ['/shop/main/index.ts', null],
])('the module %j belongs to the package %s', (id, folder) => {
  expect(packageFolderOf(id)).toBe(folder);
});

test.each([
  ['MIT', 'shipped', true],
  ['(MIT OR GPL-3.0-only)', 'shipped', true],
  ['MIT AND (ISC OR GPL-2.0-only)', 'shipped', true],
  ['MIT AND GPL-2.0-only', 'shipped', false],
  ['GPL-3.0-or-later', 'tool', false],
  ['AGPL-3.0-or-later', 'shipped', false],
  ['WTFPL', 'shipped', false],
  ['WTFPL', 'tool', true],
  ['GPL-2.0-only WITH Classpath-exception-2.0', 'shipped', false],
  ['MIT GPL-3.0-only', 'shipped', false],
  ['(MIT', 'shipped', false],
  ['SEE LICENSE IN LICENSE.md', 'tool', false],
  [null, 'shipped', false],
] as const)('the licence %s of something %s: allowed is %s', (licence, use, allowed) => {
  expect(isAllowed(licence, use)).toBe(allowed);
});

describe('the advisories', () => {
  test('are those against a package itself, not those that it has from another', () => {
    const title = 'Reads past the end';
    const vulnerabilities = {
      ws: { name: 'ws', severity: 'high', via: [{ title, url: 'https://example.com/1', range: '<9' }] },
      fastify: { name: 'fastify', severity: 'high', via: ['ws'] },
    };
    expect(readAudit(JSON.stringify({ auditReportVersion: 2, vulnerabilities }))).toEqual({
      kind: 'answered',
      advisories: [{ name: 'ws', severity: 'high', title, url: 'https://example.com/1' }],
    });
  });

  test.each([
    ['{"message":"connect ECONNREFUSED","error":{}}', 'connect ECONNREFUSED'],
    ['', 'npm gave no answer that can be read'],
    ['{}', 'npm gave no answer that can be read'],
  ])('that could not be asked for are no finding and no all-clear: %j', (printed, cause) => {
    expect(readAudit(printed)).toEqual({ kind: 'notAsked', cause });
  });
});

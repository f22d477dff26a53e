import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { electronVersion } from '../support/electron-binary.ts';
import { repository } from '../support/electron-build.ts';

interface Validate {
  (config: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly params: unknown }[] | null;
}
interface Validator {
  new (options: object): { compile(schema: unknown): Validate };
}

const configShape = z.looseObject({ electronVersion: z.string(), publish: z.null(), linux: z.looseObject({}) });

let config: z.infer<typeof configShape>;
let validate: Validate;

beforeAll(async () => {
  // The packager's own schema, with the reader and the validator that it brings itself.
  const require = createRequire(createRequire(import.meta.url).resolve('app-builder-lib/package.json'));
  const yaml: { load(text: string): unknown } = require('js-yaml');
  const { Ajv }: { Ajv: Validator } = require('ajv');
  const schema: unknown = require('app-builder-lib/scheme.json');
  validate = new Ajv({ allErrors: true, strict: false, allowUnionTypes: true }).compile(schema);
  config = configShape.parse(yaml.load(await readFile(path.join(repository, 'electron-builder.yml'), 'utf8')));
});

describe('electron-builder.yml', () => {
  test('is what the packager understands', () => {
    validate(config);
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each([
    ['a key', () => ({ ...config, electronFuse: {} }), 'electronFuse'],
    ['a key of a platform', () => ({ ...config, linux: { ...config.linux, targett: 'dir' } }), 'targett'],
  ])('%s with a typing error would be found', (_what, broken, name) => {
    expect(validate(broken())).toBe(false);
    expect(validate.errors).toContainEqual(expect.objectContaining({ params: { additionalProperty: name } }));
  });

  test('names the Electron version that is installed, and publishes nowhere', async () => {
    expect(config.electronVersion).toBe(await electronVersion());
    expect(config.publish).toBeNull();
  });
});

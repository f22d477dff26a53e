import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evidence } from '../../../../main/contract/history.ts';
import {
  channelStates,
  fileStates,
  handoverStates,
  jobStates,
  outboxKinds,
  outboxStates,
  stages,
  verification,
} from '../../../../main/contract/values.ts';
import { createPlatforms } from '../../../../main/core/platforms/platforms.ts';
import en from '../../../../renderer/i18n/en.json' with { type: 'json' };
import { flatWords } from './flat-words.ts';

const rendererFolder = join(import.meta.dirname, '../../../../renderer');

const words = new Map(flatWords(en));
/** A key as the code names it: without the ending that the number chooses. */
const spoken = (key: string): string => key.replace(/_(zero|one|other)$/, '');
const keys = new Set([...words.keys()].map(spoken));

const sources = async (): Promise<string> => {
  const names = await readdir(rendererFolder, { recursive: true });
  const texts = names
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFile(join(rendererFolder, name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
};

/** Keys that the code puts together, by what they are put together of. */
const computed: Readonly<Record<string, readonly string[]>> = {
  stage: stages,
  fileState: fileStates,
  outboxState: outboxStates,
  handoverState: handoverStates,
  jobState: jobStates,
  channel: channelStates,
  connection: channelStates,
  signal: outboxKinds,
  evidence: evidence.options,
  verification: verification.options,
};

/** Families whose names come from a station or a platform: more of them than are used today do no harm. */
const open =
  /^(history|notice|advice|finding|reorderCause|role|field|fieldHelp|fieldOption|beliefs|jobs\.warnings|intakeAddress|platformText|condition|folderState|intakeState|secretIs|secret|step|scheme)\./;

test('every value of the contract that a screen shows has its words', () => {
  for (const [family, names] of Object.entries(computed)) {
    for (const name of names) expect(keys, `${family}.${name}`).toContain(`${family}.${name}`);
  }
});

test('every platform has its words, and so has each field of its form', () => {
  for (const { id, fields } of createPlatforms()) {
    expect(keys, id).toContain(`platformText.${id}`);
    for (const { name, oneOf = [] } of fields.filter((field) => !field.name.startsWith('fieldNames.'))) {
      expect(keys.has(`field.${id}.${name}`) || keys.has(`field.${name}`), `${id}: ${name}`).toBe(true);
      for (const value of oneOf.filter((option) => !/^v\d$/.test(option))) {
        expect(keys, `${id}: ${name}`).toContain(`fieldOption.${id}.${name}.${value}`);
      }
    }
  }
});

test('every key that the code names is there', async () => {
  const text = await sources();
  const named = [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key ?? '');
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter((key) => !keys.has(key))).toEqual([]);
});

test('no words are left over that nothing shows', async () => {
  const text = await sources();
  const isComputed = (key: string): boolean =>
    Object.entries(computed).some(([family, names]) => names.some((name) => key === `${family}.${name}`)) ||
    open.test(key) ||
    // Made of a fixed beginning and one of a few words, such as `settings.section_files` or `setup.name.title`.
    [...text.matchAll(/\bt\(\s*`([^`]+)`/g)].some(([, template = '']) =>
      new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\$\{[^}]+\}/g, '\\w+')}$`).test(key),
    );
  const unused = [...keys].filter((key) => !text.includes(`'${key}'`) && !isComputed(key));
  expect(unused).toEqual([]);
});

test('what the numbers choose between is there in both forms, with the same values', () => {
  const values = (text: string | undefined): string[] =>
    [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted();
  for (const [key, text] of words) {
    if (!key.endsWith('_one')) continue;
    const other = words.get(key.replace(/_one$/, '_other'));
    expect(other, key).toBeDefined();
    expect(values(other).filter((name) => name !== 'count')).toEqual(values(text).filter((name) => name !== 'count'));
  }
});

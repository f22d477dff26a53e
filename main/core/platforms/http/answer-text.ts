import { z } from 'zod';
import { parseJson } from '../parse-json.ts';

const longestExcerptCharacters = 500;
const longestMessageCharacters = 300;
const mask = '***';

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const markup: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/**
 * The forms in which an answer may echo a key: a JSON answer that quotes our JSON body escapes it twice. The plain
 * key goes last, so that it leaves none of the others half masked.
 */
const writtenForms = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret);
  const wellFormed = secret.toWellFormed();
  return [
    inJson(inJson(secret)),
    inJson(secret),
    encodeURIComponent(wellFormed),
    new URLSearchParams({ key: wellFormed }).toString().slice('key='.length),
    wellFormed.replace(/[&<>"]/gu, (character) => markup.get(character) ?? character),
    bytes.toString('base64'),
    bytes.toString('hex'),
    secret,
  ];
};

const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret !== '')
    .flatMap(writtenForms)
    .reduce((masked, form) => masked.replaceAll(form, mask), text);

const cut = (text: string, characters: number): string =>
  text.length > characters ? `${text.slice(0, characters - 1).toWellFormed()}…` : text;

/** The beginning of an answer for the attempt's record, its keys masked; null when it says nothing. */
export const answerExcerpt = (answer: string, secrets: readonly string[]): string | null => {
  const text = withoutSecrets(answer.toWellFormed(), secrets).trim();
  return text === '' ? null : cut(text, longestExcerptCharacters);
};

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Z}]+/gu, ' ').trim();

const words = ['message', 'error', 'description', 'detail', 'errors', 'title'];
const jsonObject = z.record(z.string(), z.unknown());

/** The first text under a name that messages usually have; the form is not published. */
const messageIn = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return value;
  if (depth === 0) return '';
  if (Array.isArray(value)) return value.map((entry) => messageIn(entry, depth - 1)).find((text) => text !== '') ?? '';
  const fields = jsonObject.safeParse(value).data ?? {};
  return words.map((word) => messageIn(fields[word], depth - 1)).find((text) => text !== '') ?? '';
};

/** What the platform says in its own words, in one line: from JSON or text; empty when it says nothing. */
export const answerMessage = (answer: string, secrets: readonly string[]): string => {
  const json = parseJson(answer);
  const text = messageIn(json, 4);
  // Masked before its markup is taken out, which could take a piece out of a key.
  const masked = withoutSecrets((text === '' ? answer : text).toWellFormed(), secrets);
  const said = text !== '' ? masked : /^\s*[{[]/.test(answer) ? '' : masked.replace(/<[^>]*>/g, ' ');
  return cut(oneLine(said), longestMessageCharacters);
};

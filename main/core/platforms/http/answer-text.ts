import { z } from 'zod';
import { oneLine } from '../one-line.ts';
import { parseJson } from '../parse-json.ts';

const longestExcerptCharacters = 500;
const longestMessageCharacters = 300;
/** Of a longer answer no more is read here: messages are short, and to look through megabytes keeps all others waiting. */
const mostReadCharacters = 65_536;
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

const formsOf = (secrets: readonly string[]): readonly string[] =>
  secrets.filter((secret) => secret !== '').flatMap(writtenForms);

/** The beginning of a text with its keys masked, and without what may be the first half of one that was cut. */
const withoutSecrets = (text: string, secrets: readonly string[]): string => {
  const forms = formsOf(secrets);
  const masked = forms.reduce(
    (rest, form) => rest.replaceAll(form, mask),
    text.slice(0, mostReadCharacters).toWellFormed(),
  );
  if (text.length <= mostReadCharacters) return masked;
  const longestForm = Math.max(0, ...forms.map(({ length }) => length));
  return masked.slice(0, Math.max(0, masked.length - longestForm));
};

const cut = (text: string, characters: number): string =>
  text.length > characters ? `${text.slice(0, characters - 1).toWellFormed()}…` : text;

/** The beginning of an answer for the attempt's record, its keys masked; null when it says nothing. */
export const answerExcerpt = (answer: string, secrets: readonly string[]): string | null => {
  const text = withoutSecrets(answer, secrets).trim();
  return text === '' ? null : cut(text, longestExcerptCharacters);
};

const words = ['message', 'error', 'description', 'detail', 'errors', 'title'];
const jsonObject = z.record(z.string(), z.unknown());

/** The first text under a name that messages usually have; the form is not published. */
const messageIn = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return value;
  if (depth === 0) return '';
  if (Array.isArray(value)) return firstMessage(value, depth - 1);
  if (typeof value !== 'object' || value === null) return '';
  const fields = jsonObject.safeParse(value).data ?? {};
  return firstMessage(
    words.map((word) => fields[word]),
    depth - 1,
  );
};

const firstMessage = (values: readonly unknown[], depth: number): string => {
  for (const value of values) {
    const text = messageIn(value, depth);
    if (text !== '') return text;
  }
  return '';
};

/** What the platform says in its own words, in one line: from JSON or text; empty when it says nothing. */
export const answerMessage = (answer: string, secrets: readonly string[]): string => {
  const text = answer.length > mostReadCharacters ? '' : messageIn(parseJson(answer), 4);
  // Masked before its markup is taken out, which could take a piece out of a key.
  const masked = withoutSecrets(text === '' ? answer : text, secrets);
  const said = text !== '' ? masked : /^\s*[{[]/.test(answer) ? '' : masked.replace(/<[^<>]*>/g, ' ');
  return oneLine(said, longestMessageCharacters);
};

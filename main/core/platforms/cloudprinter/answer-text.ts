import { z } from 'zod';

const longestExcerptCharacters = 500;
const longestMessageCharacters = 300;
const mask = '***';

/** The forms in which an answer may echo a key. */
const writtenForms = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret.toWellFormed()),
];

const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets
    .flatMap(writtenForms)
    .filter((form) => form !== '')
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

const parsed = (answer: string): unknown => {
  try {
    return JSON.parse(answer);
  } catch {
    return null;
  }
};

/** What the platform says in its own words, in one line: from JSON or text; empty when it says nothing. */
export const answerMessage = (answer: string, secrets: readonly string[]): string => {
  const json = parsed(answer);
  const text = messageIn(json, 4);
  const said = text !== '' ? text : /^\s*[{[]/.test(answer) ? '' : answer.replace(/<[^>]*>/g, ' ');
  return cut(oneLine(withoutSecrets(said.toWellFormed(), secrets)), longestMessageCharacters);
};

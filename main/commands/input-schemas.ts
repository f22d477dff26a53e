import { z } from 'zod';

/** Text of the command line as the contract wants it. Messages go on a sentence that begins with the argument's name. */
export const rowIdText = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'must be an id, a whole number')
  .transform(Number);

/** An order or item: its id here, or `connection:externalId`. */
export const referenceText = z
  .string()
  .regex(/^(?:[1-9]\d{0,14}|[^:]+:.+)$/, 'must be an id, or CONNECTION:EXTERNAL-ID')
  .transform((text) => (text.includes(':') ? text : Number(text)));

export const wholeNumberText = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);

/** One of the words, with all of them in the message. */
export const oneOf = <const Word extends string>(words: readonly Word[]): z.ZodType<Word, unknown> =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });

export const filledText = z.string('is needed').trim().min(1, 'must not be empty');
export const flag = z.boolean().default(false);
export const noInput = z.object({});

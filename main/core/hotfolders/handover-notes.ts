import { z } from 'zod';

/** What the station keeps beside a hand-over about its way out of the folder: JSON in the column `outcome_detail`. */
const handoverNotes = z.object({
  /** Marks of files with its name that lay in the outcome folders before it was handed over: they prove nothing. */
  seenBefore: z.array(z.string()).default([]),
  /** Nobody looked for a while before it was gone, so how long it lay is not known. */
  unwatched: z.boolean().default(false),
  /** The file in an outcome folder that told the outcome. */
  told: z.object({ folder: z.string(), name: z.string(), mark: z.string() }).nullable().default(null),
});
export type HandoverNotes = z.infer<typeof handoverNotes>;

const nothing: HandoverNotes = handoverNotes.parse({});

export const readNotes = (outcomeDetail: string | null): HandoverNotes =>
  outcomeDetail === null ? nothing : handoverNotes.parse(JSON.parse(outcomeDetail));

/** The column with something added to what it holds; null while there is nothing to note. */
export const addNotes = (outcomeDetail: string | null, added: Partial<HandoverNotes>): string | null => {
  const notes = { ...readNotes(outcomeDetail), ...added };
  const isNothing = notes.seenBefore.length === 0 && !notes.unwatched && notes.told === null;
  return isNothing ? null : JSON.stringify(notes);
};

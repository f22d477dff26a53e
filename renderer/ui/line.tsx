import { useLineWords } from './use-line-words.ts';

/** A line that the station wrote, in the reader's language; anybody else's words as they came. */
export const Line = ({ text }: { readonly text: string }) => useLineWords()(text);

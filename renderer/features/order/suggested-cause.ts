import type { ItemView } from '../../../main/contract/orders.ts';

const causesIn = ({ files }: Pick<ItemView, 'files'>): ReadonlySet<string> => {
  const findings = files.flatMap(({ inspection }) => inspection?.findings ?? []);
  const surest = findings.some(({ level, suggestedCause }) => level === 'mismatch' && suggestedCause !== null)
    ? findings.filter(({ level }) => level === 'mismatch')
    : findings;
  return new Set(surest.flatMap(({ suggestedCause }) => suggestedCause ?? []));
};

/**
 * The one cause that the inspection of the files suggests for all of these items; null when it suggests none, or
 * several: then a person chooses without a hint. What does not match counts before what only asks for a look.
 */
export const suggestedCauseOf = (
  items: readonly Pick<ItemView, 'files'>[],
  known: readonly { readonly code: string }[],
): string | null => {
  const perItem = items.map(causesIn);
  const [cause, ...others] = new Set(perItem.flatMap((causes) => [...causes]));
  if (cause === undefined || others.length > 0 || perItem.some((causes) => causes.size === 0)) return null;
  return known.some(({ code }) => code === cause) ? cause : null;
};

import type { ItemView } from '../../../main/contract/orders.ts';

/** What does not match counts before what only asks for a look. */
const causeOf = ({ files }: Pick<ItemView, 'files'>): string | null => {
  const findings = files
    .flatMap(({ inspection }) => inspection?.findings ?? [])
    .filter(({ suggestedCause }) => suggestedCause !== null);
  const surest = findings.find(({ level }) => level === 'mismatch') ?? findings[0];
  return surest?.suggestedCause ?? null;
};

/**
 * The cause that the inspection of the files suggests first, of those that the platform knows. For several items only
 * what it suggests for each of them: they are all cancelled with the same.
 */
export const suggestedCauseOf = (
  items: readonly Pick<ItemView, 'files'>[],
  known: readonly { readonly code: string }[],
): string | null => {
  const [cause = null, ...others] = new Set(items.map(causeOf));
  return others.length === 0 && known.some(({ code }) => code === cause) ? cause : null;
};

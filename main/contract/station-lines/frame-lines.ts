/** Lines that are put together of others by a sign alone. They are known only where the lines within them are. */
export const frameLines = {
  both: '{first:line}; {rest:line}',
  causeWithNote: '{cause:line} ({note:line})',
  about: '{what}: {cause:line}',
} as const;

import type { cancelCauses } from './cancel-causes.ts';

type CauseCode = (typeof cancelCauses)[number]['code'];

/** For the book block, the cover, and what is neither. */
type ByRole = readonly [bookBlock: CauseCode | null, cover: CauseCode | null, other: CauseCode | null];

/** The cause that fits what the preflight finds; a finding that is no ground to cancel has none. */
const causes: ReadonlyMap<string, ByRole> = new Map<string, ByRole>([
  ['damaged', ['CancelBookCorrupt', 'CancelCoverCorrupt', 'CancelFilesCorrupt']],
  ['encrypted', ['CancelValidateError', 'CancelValidateError', 'CancelValidateError']],
  ['pageCount', ['CancelPageCount', 'CancelPageCount', 'CancelPageCount']],
  ['trimSize', ['CancelBookTrim', 'CancelCoverTrim', 'CancelValidateError']],
  ['pageSize', ['CancelBookSize', 'CancelCoverSize', 'CancelValidateError']],
  ['orientation', ['CancelBookSize', 'CancelCoverSize', 'CancelValidateError']],
  ['coverTrim', [null, 'CancelCoverTrim', null]],
  ['coverSize', [null, 'CancelCoverSize', null]],
  ['bleed', ['CancelBookMargins', 'CancelCoverMargins', 'CancelValidateError']],
  ['fonts', ['CancelUnknownFont', 'CancelUnknownFont', 'CancelUnknownFont']],
]);

export const causeOfFinding = (finding: string, role: string): CauseCode | null => {
  const byRole = causes.get(finding);
  if (byRole === undefined) return null;
  if (role === 'bookBlock') return byRole[0];
  return role === 'cover' ? byRole[1] : byRole[2];
};

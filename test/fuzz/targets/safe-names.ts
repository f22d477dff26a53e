import fc from 'fast-check';
import { safeName } from '../../../main/core/downloads/safe-name.ts';
import { type FuzzTarget, insist, openFuzz } from '../fuzz-target.ts';
import { nastyText } from '../mutate/nasty-texts.ts';

const texts = fc
  .array(
    fc.oneof(nastyText, fc.constantFrom('.', ' ', '/', '\\', 'CON', 'aux', 'LPT¹', '\u200d', '\u0301', '🏳️‍🌈', '~1')),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join('').slice(0, 200_000));

const forbidden = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]/u;
const deviceName = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?: *\.|$)/iu;

/** A name is one visible part of a path that Windows, macOS and SMB take, whatever it was made of. */
export const safeNames: FuzzTarget = {
  name: 'file names',
  runsInTests: 250,
  open: async () =>
    openFuzz(fc.tuple(texts, fc.constantFrom('', '.pdf', '-2.pdf')), ([text, suffix]) => {
      const name = safeName(text, suffix);
      insist(name.length <= 120 && Buffer.byteLength(name) <= 200, 'too long');
      insist(name.endsWith(suffix) && name.length > suffix.length, 'without its name or suffix');
      insist(!forbidden.test(name), 'a forbidden character');
      insist(!/^[. ]|[. ]$/u.test(name), 'dots or spaces at an end');
      insist(!deviceName.test(name), "a device's name");
    }),
};

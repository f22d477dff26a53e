import fc from 'fast-check';
import { stationCommands } from '../../../main/commands/all-commands.ts';
import { ContractError } from '../../../main/contract/failure.ts';
import { startPlaten } from '../../unit/commands/platen.ts';
import { type FuzzTarget, insist, openFuzz } from '../fuzz-target.ts';
import { nastyText } from '../mutate/nasty-texts.ts';

const names = stationCommands.map(({ usage }) => usage.split(' ', 1)[0] ?? '');
const flags = stationCommands.flatMap(({ options }) => options.map(([flag]) => /--[\w-]+/u.exec(flag)?.[0] ?? flag));
/** Nothing that leads out of the folder. */
const value = fc
  .oneof(nastyText, fc.constantFrom('1', '-1', 'cp:1', 'produced', ''))
  .map((text) => text.replace(/[/\\]|\.\./gu, ''));
const word = fc.oneof(
  { weight: 3, arbitrary: value },
  { weight: 3, arbitrary: fc.constantFrom(...flags, '--json', '--help', '--version', '--', '-', '--no-such', '-x') },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...flags), value).map(([flag, text]) => `${flag}=${text}`) },
);
const lines = fc.tuple(fc.oneof(fc.constantFrom(...names), value), fc.array(word, { maxLength: 6 }));

/** Any command line ends with an exit code, and a failure with one line. There is no station to reach. */
export const commandLines: FuzzTarget = {
  name: 'command lines',
  runsInTests: 150,
  open: async (folder) =>
    openFuzz(lines, async ([command, words]) => {
      const { exitCode, err } = await startPlaten([command, ...words], {
        homeFolder: folder,
        currentFolder: folder,
        rendererFolder: folder,
        createStation: async () => {
          throw new ContractError('unavailable', 'there is none');
        },
      }).ended;
      insist([0, 1, 2, 3].includes(exitCode), `exit code ${exitCode}`);
      insist(exitCode === 0 || /^platen: [^\n]+\n$/u.test(err), `not one line: ${err.slice(0, 500)}`);
      insist(!/ at .+:\d+:\d+|TypeError|RangeError/u.test(err), `a bug: ${err.slice(0, 500)}`);
    }),
};

import { z } from 'zod';
import { type CheckResult, checkStation } from '../core/recovery/check-station.ts';
import { readStationFile } from '../hosts/loopback/station-file.ts';
import type { Answer } from './answer.ts';
import { flag } from './input-schemas.ts';
import { folderCommand } from './station-command.ts';
import { printable } from './table.ts';
import { counted } from './words.ts';

/** Of one kind, so many are listed for a person; `--json` has them all. */
const mostOfAKind = 20;

export const checkCommand = folderCommand({
  group: 'Keeping safe:',
  usage: 'check',
  summary: 'Check database, files, signals and backups; changes nothing',
  details: 'It works while the station runs, too. The exit code is 1 when something was found.',
  options: [['--deep', 'read every file and compare it with its SHA-256']],
  input: z.object({ deep: flag }),
  run: async ({ dataFolder, nowMs }, { deep }) => {
    const running = (await readStationFile(dataFolder)) !== null;
    return answerOf(await checkStation({ dataFolder, nowMs, deep, running }));
  },
});

const answerOf = (result: CheckResult): Answer => {
  const { findings, orders, files } = result;
  return {
    json: result,
    lines: () => {
      const checked = `Checked: ${counted(orders, 'order')}, ${counted(files, 'file')}`;
      return findings.length === 0 ? [`${checked}: all is well.`] : [...findingLines(findings), checked];
    },
    ...(findings.length === 0 ? {} : { failure: `the check found ${counted(findings.length, 'thing')} to look at` }),
  };
};

const findingLines = (findings: CheckResult['findings']): readonly string[] =>
  [...Map.groupBy(findings, ({ code }) => code).values()].flatMap((ofKind) => [
    ...ofKind.slice(0, mostOfAKind).map(({ text, advice }) => printable(`${text}; ${advice}`)),
    ...(ofKind.length > mostOfAKind ? [`… and ${ofKind.length - mostOfAKind} more of these, see --json`] : []),
  ]);

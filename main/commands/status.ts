import type { StartReport, StationView } from '../contract/station.ts';
import type { View } from './answer.ts';
import { noInput } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { printable } from './table.ts';
import { counted, distanceWord, durationWord, momentWord, reconciliationWord, sizeWord } from './words.ts';

export const statusCommand = stationCommand({
  group: 'Looking:',
  usage: 'status',
  summary: 'Show the station: intake, work, start, what needs attention',
  input: noInput,
  run: async ({ client }) => {
    const { station } = await client.station.get({});
    return { json: station, lines: (view) => statusLines(station, view) };
  },
});

const statusLines = (station: StationView, { nowMs }: View): readonly string[] => {
  const { counts, intake } = station;
  const started = distanceWord(station.startedAt, nowMs);
  const facts: readonly (readonly [string, string])[] = [
    ['Station', `${station.name}, version ${station.version}, started ${started}`],
    ['Intake', intakeText(intake)],
    ['Orders', `${counts.openOrders} open, ${counted(counts.problemOrders, 'problem')}`],
    ['Files', `${counts.unfinishedFiles} unfinished, ${counted(counts.problemFiles, 'problem')}`],
    ['Jobs', `${counts.openJobs} open, ${counted(counts.problemJobs, 'problem')}`],
    ['Signals', `${counts.unsentSignals} unsent, ${counted(counts.problemSignals, 'problem')}`],
    ['Hot folders', `${counted(counts.lyingFiles, 'file')} not yet picked up`],
    ['Disk', station.diskFreeBytes === null ? 'free space unknown' : `${sizeWord(station.diskFreeBytes)} free`],
  ];
  const notices = station.notices.map(({ at, level, text }) => `${momentWord(at)}  ${level}: ${printable(text)}`);
  return [
    ...facts.map(([name, text]) => `${name.padEnd(13)}${printable(text)}`),
    ...(station.setupNeeded ? ['There is no connection yet: add one in the settings or the config file.'] : []),
    ...(station.startReport === null ? [] : ['', ...startLines(station.startReport)]),
    ...(notices.length > 0 ? ['', ...notices] : []),
  ];
};

const intakeText = ({ state, url, publicUrl, problem }: StationView['intake']): string => {
  if (state === 'off') return 'off';
  if (state === 'problem') return `problem: ${problem ?? 'unknown'}`;
  return `listening at ${url ?? 'an unknown address'}${publicUrl === null ? '' : `, public address ${publicUrl}`}`;
};

/** How long the station was off, and per connection what was found then. */
const startLines = ({ offSince, offSeconds, connections }: StartReport): readonly string[] => [
  offSince === null
    ? 'This is the first start on this data folder.'
    : `Before its start the station was off for ${durationWord(offSeconds)}, since ${momentWord(offSince)}.`,
  ...connections.map((connection) => {
    const told = [comparedText(connection), callbackText[connection.callbacks]].filter((text) => text !== '');
    return printable(`  ${connection.connection}: ${told.join('; ')}`);
  }),
];

const comparedText = ({ there, here, missing, ended }: StartReport['connections'][number]): string =>
  there === null || here === null
    ? 'the platform could not be asked'
    : reconciliationWord({ there, here, missing: missing ?? 0, ended: ended ?? 0 });

const callbackText: Readonly<Record<StartReport['connections'][number]['callbacks'], string>> = {
  none: '',
  stillRetried: 'callbacks are still retried by the platform',
  probablyLost: 'callbacks probably lost',
};

import { demoShop } from './demo-connections.ts';
import type { DemoFolder } from './demo-folder.ts';
import type { DemoPlatforms } from './demo-platforms.ts';
import type { OpenStation } from './open-station.ts';

const commands = ({ data }: DemoFolder): readonly string[] =>
  [
    'orders',
    'jobs --open',
    'connections',
    'produce --connection px --template st:FIELD-NOTES --order MINE-1 --copies 25',
    'job ID resume',
  ].map((command) => `npm run -s platen -- ${command} --data ${data}`);

/** What a person needs to know to look around: what is where, and what can be tried. */
export const guideLines = (
  { where, takesCommands }: OpenStation,
  { cloudprinter, printess, printApi, canvas }: DemoPlatforms,
  folder: DemoFolder,
  betweenEventsMs: number,
): readonly string[] => {
  const { intakeUrl, bookPress, sheetPress } = folder;
  const asBackend = `curl -H 'authorization: Bearer ${demoShop.backendToken}'`;
  return [
    '',
    where,
    '',
    `Something happens every ${betweenEventsMs / 1000} s, at one platform after another:`,
    `  cp  Cloudprinter       ${cloudprinter.url}, posts its orders to ${intakeUrl}/cp`,
    `  px  Printess           ${printess.url}, is polled and calls back; the shop's backend posts to ${intakeUrl}/px/orders`,
    `  pa  Print API          ${printApi.baseUrl}, is polled and posts a webhook to ${intakeUrl}/pa`,
    `  cc  Customer’s Canvas  ${canvas.apiUrl}, is polled; Shopify posts to ${intakeUrl}/cc/orders`,
    '',
    `Hot folders, which a simulated RIP empties:`,
    `  ${bookPress}`,
    `  ${sheetPress}`,
    '',
    'To try in another terminal:',
    ...(takesCommands ? commands(folder).map((line) => `  ${line}`) : []),
    `  ${asBackend} -d '{"order":"MINE-2","template":"st:CARD","copies":100}' ${intakeUrl}/px/orders`,
    '',
    'Ctrl-C ends it.',
    '',
  ];
};

import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { ChoicesOutcome, TestStep } from '../platform.ts';
import { isRefusal, type PrintessWay, post } from './api.ts';
import { isTokenTaken } from './list-orders.ts';
import { wireOrderPage, wireOrigins } from './schema.ts';

const tokenStep = stationLine('stepServiceToken');
const addressStep = stationLine('stepAddress');
const listStep = stationLine('stepOrderList');
const originsStep = stationLine('stepOrigins');

const fail = (step: string, detail: string): TestStep => ({ step, ok: false, detail });
const pass = (step: string, detail: string): TestStep => ({ step, ok: true, detail });

const originsAt = (way: PrintessWay) => post(way, '/orders/origins/unique', {}, wireOrigins);

/** A list that is refused: the token is either the weaker one of the two, or wrong. */
const refusedSteps = async (way: PrintessWay, message: string): Promise<readonly TestStep[]> => {
  const verdict = await isTokenTaken(way);
  if (verdict.kind === 'failed') return [fail(tokenStep, verdict.failure.message)];
  return [fail(tokenStep, stationLine('shopToken')), fail(listStep, stationLine('onlyOneByOne', { cause: message }))];
};

/** Whether Printess has jobs of the origins that are to be taken in: a misspelled one finds nothing, and says nothing. */
const checkOrigins = async (way: PrintessWay): Promise<readonly TestStep[]> => {
  const { discover, discoverOrigins } = way.settings;
  if (!discover || discoverOrigins.length === 0) return [];
  const result = await originsAt(way);
  if (result.kind !== 'read') return [fail(originsStep, result.failure.message)];
  const missing = discoverOrigins.filter((origin) => !result.value.origins.includes(origin));
  return [
    missing.length === 0
      ? pass(originsStep, stationLine('originsThere'))
      : fail(originsStep, stationLine('originsMissing', { origins: missing.join(', ') })),
  ];
};

/** Tries the way to Printess with a list of one order, which changes nothing and costs nothing. */
export const testConnection = async (way: PrintessWay): Promise<readonly TestStep[]> => {
  if (way.secret('serviceToken') === null) return [fail(tokenStep, stationLine('serviceTokenAbsent'))];
  const { host } = new URL(way.settings.baseUrl);
  const result = await post(way, '/orders/list', { take: 1, skip: 0 }, wireOrderPage);
  if (result.kind === 'noAnswer') return [fail(addressStep, result.failure.message)];
  const status = result.kind === 'read' ? result.answer.status : result.status;
  const reached = pass(addressStep, stationLine('reachedAnswering', { host, status }));
  if (result.kind === 'otherwise') {
    if (isRefusal(result.status)) return [reached, ...(await refusedSteps(way, result.failure.message))];
    return [reached, fail(listStep, result.failure.message)];
  }
  const { count } = result.value;
  return [
    reached,
    pass(tokenStep, stationLine('tokenTaken')),
    pass(listStep, count === null ? stationLine('ordersListed') : stationLine('ordersCounted', { count })),
    ...(await checkOrigins(way)),
  ];
};

/** The origins that Printess has orders of, to choose whose jobs are taken in. */
export const originChoices = async (way: PrintessWay): Promise<ChoicesOutcome> => {
  const result = await originsAt(way);
  if (result.kind !== 'read') return { kind: 'failed', failure: result.failure };
  return {
    kind: 'choices',
    choices: result.value.origins.map((origin) => ({ value: origin, text: origin })),
    note: 'With none chosen, the jobs of all origins are taken in.',
  };
};

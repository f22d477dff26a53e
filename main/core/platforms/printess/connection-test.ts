import type { ChoicesOutcome, TestStep } from '../platform.ts';
import { isRefusal, type PrintessWay, post } from './api.ts';
import { isTokenTaken } from './list-orders.ts';
import { wireOrderPage, wireOrigins } from './schema.ts';

const tokenStep = 'Service token';
const addressStep = 'Address';
const listStep = 'Order list';
const originsStep = 'Origins';

const fail = (step: string, detail: string): TestStep => ({ step, ok: false, detail });
const pass = (step: string, detail: string): TestStep => ({ step, ok: true, detail });

const originsAt = (way: PrintessWay) => post(way, '/orders/origins/unique', {}, wireOrigins);

/** A list that is refused: the token is either the weaker one of the two, or wrong. */
const refusedSteps = async (way: PrintessWay, message: string): Promise<readonly TestStep[]> => {
  const verdict = await isTokenTaken(way);
  if (verdict.kind === 'failed') return [fail(tokenStep, verdict.failure.message)];
  return [
    fail(
      tokenStep,
      'Printess knows this token, but it is the shop token, or one of as little power: use the service token to list orders and to produce',
    ),
    fail(listStep, `${message}; jobs that are known can still be asked for one by one`),
  ];
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
      ? pass(originsStep, 'Printess has orders of each origin that is taken in')
      : fail(originsStep, `Printess has no orders of ${missing.join(', ')}: check how it is written`),
  ];
};

/** Tries the way to Printess with a list of one order, which changes nothing and costs nothing. */
export const testConnection = async (way: PrintessWay): Promise<readonly TestStep[]> => {
  if (way.secret('serviceToken') === null) return [fail(tokenStep, 'the service token is missing')];
  const { host } = new URL(way.settings.baseUrl);
  const result = await post(way, '/orders/list', { take: 1, skip: 0 }, wireOrderPage);
  if (result.kind === 'noAnswer') return [fail(addressStep, result.failure.message)];
  const status = result.kind === 'read' ? result.answer.status : result.status;
  const reached = pass(addressStep, `${host} was reached (it answered ${status})`);
  if (result.kind === 'otherwise') {
    if (isRefusal(result.status)) return [reached, ...(await refusedSteps(way, result.failure.message))];
    return [reached, fail(listStep, result.failure.message)];
  }
  const { count } = result.value;
  return [
    reached,
    pass(tokenStep, 'Printess takes the token'),
    pass(listStep, count === null ? 'orders can be listed' : `orders can be listed; Printess counts ${count}`),
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

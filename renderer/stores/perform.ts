import type { Client } from '../../main/contract/contract.ts';
import { ContractError } from '../../main/contract/failure.ts';
import type { StationLink } from '../client/station-link.ts';
import { toContractError } from './feed.ts';

/** How something that a person asked for ended. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: ContractError };

/** Somebody signs in who may not do it either; then a manager does. */
const mostSignIns = 2;

const askOnce = async <T>(link: StationLink, ask: (client: Client) => Promise<T>): Promise<Outcome<T>> => {
  const client = link.client;
  if (client === null) {
    return { kind: 'failed', error: new ContractError('unreachable', 'the station cannot be reached', true) };
  }
  try {
    return { kind: 'done', value: await ask(client) };
  } catch (error) {
    return { kind: 'failed', error: toContractError(error) };
  }
};

/**
 * Asks the station on a person's behalf; never throws. What is refused because nobody is signed in, or nobody who may,
 * is asked for again once somebody is.
 */
export const perform = async <T>(link: StationLink, ask: (client: Client) => Promise<T>): Promise<Outcome<T>> => {
  let outcome = await askOnce(link, ask);
  for (let signIns = 0; signIns < mostSignIns; signIns += 1) {
    if (outcome.kind === 'done' || outcome.error.code !== 'notPermitted') break;
    if (!(await link.wasRefused())) break;
    outcome = await askOnce(link, ask);
  }
  return outcome;
};

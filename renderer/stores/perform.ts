import type { Client } from '../../main/contract/contract.ts';
import { ContractError } from '../../main/contract/failure.ts';
import type { StationLink } from '../client/station-link.ts';
import { toContractError } from './feed.ts';

/** How something that a person asked for ended. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: ContractError };

/** Asks the station on a person's behalf; never throws. */
export const perform = async <T>(link: StationLink, ask: (client: Client) => Promise<T>): Promise<Outcome<T>> => {
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

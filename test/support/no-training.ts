import type { Handlers } from '../../main/contract/contract.ts';
import { ContractError } from '../../main/contract/failure.ts';
import type { Training } from '../../main/hosts/training-face.ts';

const unavailable = async (): Promise<never> => {
  throw new ContractError('unavailable', 'there is no training here');
};

/** What a station without a place to practise answers. */
export const noTrainingCalls: Handlers['training'] = { enter: unavailable, leave: unavailable, real: unavailable };

/** A host's training in which nobody ever practises. */
export const noTraining: Training = {
  handlers: noTrainingCalls,
  events: { subscribe: () => () => undefined },
  practice: null,
  arrive: () => () => undefined,
  stop: async () => undefined,
};

import type { Handlers } from '../../main/contract/contract.ts';
import { ContractError } from '../../main/contract/failure.ts';

const unavailable = async (): Promise<never> => {
  throw new ContractError('unavailable', 'there is no desktop here');
};

/** What a host without a desktop answers. */
export const noDesktop: Handlers['desktop'] = {
  dragOut: unavailable,
  enterStationMode: unavailable,
  leaveStationMode: unavailable,
  speak: unavailable,
  notify: unavailable,
};

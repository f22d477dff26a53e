import type { Access } from '../../main/contract/server.ts';

/** A station where nobody has a PIN: everything is permitted, and a call is its wire's. */
export const openAccess: Access = {
  callerOf: (visit) => ({ by: visit.by, visit }),
  callerWith: () => ({ by: 'screen' }),
  refusalOf: () => null,
  leave: () => undefined,
};

import type { Adapter } from 'oidc-provider';

const nothing = () => Promise.resolve(undefined);

/** Storage for the server library that keeps nothing: it is never asked for a token, since the sandbox keeps those. */
export function createForgetfulAdapter(): Adapter {
  return {
    upsert: nothing,
    find: nothing,
    findByUserCode: nothing,
    findByUid: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  };
}

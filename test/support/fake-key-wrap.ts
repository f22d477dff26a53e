import type { KeyWrap } from '../../main/core/ports/key-wrap.ts';

/** Wraps a key by turning its bits: enough to see that what is stored is not the key itself. */
export const createFakeKeyWrap = (kind = 'fake', mask = 0x5a): KeyWrap => ({
  kind,
  wrap: async (key) => Buffer.from(key.map((byte) => byte ^ mask)),
  unwrap: async (wrapped) => Buffer.from(wrapped.map((byte) => byte ^ mask)),
});

export const fakeKeyWrap: KeyWrap = createFakeKeyWrap();

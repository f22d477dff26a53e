/** Protects the vault's key at rest: a key file on a headless host, the system's key store in the desktop app. */
export interface KeyWrap {
  /** Named in the vault file, so that a vault made under one kind of protection is not opened under another. */
  readonly kind: string;
  wrap(key: Buffer): Promise<Buffer>;
  unwrap(wrapped: Buffer): Promise<Buffer>;
}

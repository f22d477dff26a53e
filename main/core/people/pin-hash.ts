import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What one try costs. It is written into each hash, so that it can grow without a migration. */
export interface PinCost {
  /** Memory: two to this power of blocks of 128 × `blockSize` bytes. */
  readonly costLog2: number;
  readonly blockSize: number;
  readonly parallel: number;
}

/** 32 MB and about 0.2 s on a floor PC. */
export const usualPinCost: PinCost = { costLog2: 15, blockSize: 8, parallel: 3 };
const saltBytes = 16;
const hashBytes = 32;
/** Twice what the usual cost needs. A hash that wants more was not made here. */
const mostMemoryBytes = 64 * 1024 * 1024;
const hashText = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{16,})\$([\w-]{43})$/u;

const derive = (pin: string, salt: Buffer, { costLog2, blockSize, parallel }: PinCost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: 2 ** costLog2, r: blockSize, p: parallel, maxmem: mostMemoryBytes };
    scrypt(pin, salt, hashBytes, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });

/** The PIN as it is kept: `scrypt$COST$BLOCK$PARALLEL$SALT$HASH`, with a salt of its own. */
export const hashPin = async (pin: string, cost: PinCost): Promise<string> => {
  const salt = randomBytes(saltBytes);
  const key = await derive(pin, salt, cost);
  const { costLog2, blockSize, parallel } = cost;
  return ['scrypt', costLog2, blockSize, parallel, salt.toString('base64url'), key.toString('base64url')].join('$');
};

/** Whether a PIN is the one that is kept. With none to compare with it takes the time of `cost`, and is not. */
export const pinMatches = async (pin: string, kept: string | null, cost: PinCost): Promise<boolean> => {
  const [, costLog2, blockSize, parallel, salt, hash] = hashText.exec(kept ?? '') ?? [];
  if (salt === undefined || hash === undefined) {
    await derive(pin, randomBytes(saltBytes), cost);
    return false;
  }
  const itsCost = { costLog2: Number(costLog2), blockSize: Number(blockSize), parallel: Number(parallel) };
  const key = await derive(pin, Buffer.from(salt, 'base64url'), itsCost);
  return timingSafeEqual(key, Buffer.from(hash, 'base64url'));
};

import { z } from 'zod';
import type { SoundPlayer } from './sound-player.ts';

/** What a person did in one tab that holds for all of them. */
const tabWord = z.object({ kind: z.literal('acknowledged'), standing: z.enum(['attention', 'connectionLost']) });
export type TabWord = Readonly<z.infer<typeof tabWord>>;

/** The tabs that a browser shows of one station: only the one that was last seen and tapped rings, and what is acknowledged in one is in all. */
export interface RingingTab {
  readonly isHere: () => boolean;
  readonly tell: (word: TabWord) => void;
  readonly onTold: (listener: (word: TabWord) => void) => void;
}

export interface RingingTabDeps {
  /** Of these tabs: those that practise ring for themselves. */
  readonly name: string;
  readonly page: Pick<Document, 'hidden' | 'addEventListener'>;
  /** Absent where the browser has none: then each tab rings. */
  readonly locks: LockManager | undefined;
  readonly sounds: Pick<SoundPlayer, 'isLocked' | 'onUnlocked'>;
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
}

/** Holds the bell: a tab that comes in sight and may be heard takes it, and the others wait for it to be left. */
const createBell = ({ name, page, locks, sounds }: RingingTabDeps): (() => boolean) => {
  if (locks === undefined) return () => true;
  let isHere = false;
  let waiting = new AbortController();

  const keep = (): Promise<never> => {
    isHere = true;
    return new Promise(() => undefined);
  };
  const ask = (options: LockOptions): void => {
    locks.request(name, options, keep).catch(() => {
      if (options.signal?.aborted === true) return;
      isHere = false;
      wait();
    });
  };
  const wait = (): void => {
    waiting = new AbortController();
    ask({ signal: waiting.signal });
  };
  const takeInSight = (): void => {
    if (page.hidden || isHere || sounds.isLocked()) return;
    waiting.abort();
    ask({ steal: true });
  };

  wait();
  takeInSight();
  page.addEventListener('visibilitychange', takeInSight);
  sounds.onUnlocked(takeInSight);
  return () => isHere;
};

export const createRingingTab = (deps: RingingTabDeps): RingingTab => ({
  isHere: createBell(deps),
  tell: (word) => deps.channel.postMessage(word),
  onTold: (listener) =>
    deps.channel.addEventListener('message', ({ data }) => {
      const word = tabWord.safeParse(data);
      if (word.success) listener(word.data);
    }),
});

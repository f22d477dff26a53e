import { type SeededRandom, seededRandom } from '../../../main/training/random/seeded-random.ts';

/** What the station is doing when it is killed; `anywhere`: whatever it does then. */
export const killAims = [
  'anywhere',
  'starting',
  'transfer',
  'handOver',
  'pickUp',
  'signal',
  'produce',
  'intake',
  'backup',
  'migration',
] as const;
export type KillAim = (typeof killAims)[number];

export interface KillStep {
  readonly aim: KillAim;
  /** The station works so long before it is aimed at. */
  readonly pauseMs: number;
  /** And so long after it was met at what it is to be killed in. */
  readonly afterMs: number;
}

/** Ways on which a fault can strike: to each platform, and from all of them to the intake. */
export const wayNames = ['cp', 'px', 'pa', 'cc', 'intake'] as const;
export type WayName = (typeof wayNames)[number];

export const networkFaults = [
  /** Nobody listens. */
  'offline',
  /** The connection is cut before anything went through. */
  'cutBefore',
  /** The command went through, and the connection is cut before its answer. */
  'cutAfter',
  /** Something in between answers 429 or 5xx, and nothing went through. */
  'status',
  /** The command went through, and something in between answers 502. */
  'gatewayAfter',
  /** A page for people, with 503. */
  'page',
  'slow',
  /** Half an answer, and then nothing for a while. */
  'stall',
  /** Half an answer, and then the end. */
  'truncate',
  /** Bytes that are others, where the receiver has a way to tell. */
  'garble',
  /** To the intake only: the message comes twice at once. */
  'twice',
  /** To the intake only: the message is held, so that later ones overtake it. */
  'late',
] as const;
export type NetworkFault = (typeof networkFaults)[number];

export type Trouble =
  | { readonly kind: 'network'; readonly way: WayName; readonly fault: NetworkFault; readonly chance: number }
  | { readonly kind: 'hotFolder'; readonly folder: number; readonly how: 'readOnly' | 'away' }
  | { readonly kind: 'diskFull' }
  | { readonly kind: 'clock'; readonly byMs: number }
  /** Somebody says once more what was said long ago. */
  | { readonly kind: 'repeat'; readonly what: 'document' | 'callback' | 'webhook' | 'shopOrder' };

/** Something that begins at a moment of the run and, unless it is done at once, lasts a while. */
export interface TroubleStep {
  readonly atMs: number;
  readonly forMs: number;
  readonly trouble: Trouble;
}

export type Work = 'document' | 'produce' | 'backendOrder' | 'pluginOrder' | 'canvasOrder' | 'outsourced';

/** An order that comes; `number` decides all that is in it. */
export interface WorkStep {
  readonly atMs: number;
  readonly work: Work;
  readonly number: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** By the station's own time. */
const clockJumpsMs = [2 * minuteMs, hourMs, 26 * hourMs, -2 * minuteMs, -hourMs, -26 * hourMs] as const;

/** Aims that are common come more often. */
const aimsByWeight = [
  'anywhere',
  'anywhere',
  'anywhere',
  'starting',
  'starting',
  'transfer',
  'transfer',
  'handOver',
  'handOver',
  'pickUp',
  'signal',
  'signal',
  'produce',
  'produce',
  'intake',
  'intake',
  'backup',
  'migration',
] as const satisfies readonly [KillAim, ...KillAim[]];

const between = (random: SeededRandom, least: number, most: number): number => least + random.below(most - least + 1);

/** The kills, one after another, without an end. */
export function* killSteps(seed: number): Generator<KillStep, never> {
  const random = seededRandom(`${seed} kills`);
  for (;;) {
    yield { aim: random.pick(aimsByWeight), pauseMs: between(random, 100, 1_800), afterMs: random.below(40) };
  }
}

const networkTrouble = (random: SeededRandom): Trouble => {
  const way = random.pick(wayNames);
  const fault = random.pick(networkFaults);
  const ofIntake = fault === 'twice' || fault === 'late';
  const chance = fault === 'offline' ? 1 : 0.2 + 0.6 * random.next();
  return { kind: 'network', way: ofIntake ? 'intake' : way, fault, chance };
};

const troubleOf = (random: SeededRandom): Trouble => {
  const dice = random.below(20);
  if (dice < 11) return networkTrouble(random);
  if (dice < 14) {
    return { kind: 'hotFolder', folder: random.below(2), how: random.pick(['readOnly', 'away']) };
  }
  if (dice < 15) return { kind: 'diskFull' };
  if (dice < 17) return { kind: 'clock', byMs: random.pick(clockJumpsMs) };
  return { kind: 'repeat', what: random.pick(['document', 'callback', 'webhook', 'shopOrder']) };
};

/** The troubles in the order of their beginning, without an end. */
export function* troubleSteps(seed: number): Generator<TroubleStep, never> {
  const random = seededRandom(`${seed} troubles`);
  for (let atMs = 500; ; atMs += between(random, 150, 1_400)) {
    yield { atMs, forMs: between(random, 400, 3_500), trouble: troubleOf(random) };
  }
}

const workByWeight = [
  'document',
  'document',
  'document',
  'document',
  'produce',
  'produce',
  'backendOrder',
  'pluginOrder',
  'canvasOrder',
  'outsourced',
] as const satisfies readonly [Work, ...Work[]];

/** The orders in the order of their coming, without an end. */
export function* workSteps(seed: number): Generator<WorkStep, never> {
  const random = seededRandom(`${seed} work`);
  for (let atMs = 0, number = 1; ; atMs += between(random, 200, 1_200), number += 1) {
    yield { atMs, work: random.pick(workByWeight), number };
  }
}

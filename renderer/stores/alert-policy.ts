import type { SoundKind } from '../client/sound-scores.ts';

/** The sounds that come again until somebody has acknowledged them, or until they are over. */
export type StandingKind = Extract<SoundKind, 'attention' | 'connectionLost'>;

/** What asks for attention, and how much of it there is: `{ problemOrders: 2, 'notice 7 …': 1 }`. */
export type Causes = Readonly<Record<string, number>>;

interface Ringing {
  /** Milliseconds since 1970; null: it is quiet. */
  readonly nextAtMs: number | null;
  /** Whether it has been heard since it began. */
  readonly heard: boolean;
  /** Whether the next time tells something that was not told before. */
  readonly hasNews: boolean;
}

export interface AlertState {
  /** Null until the station has said how it is. */
  readonly causes: Causes | null;
  /** What of the causes somebody has acknowledged. */
  readonly seen: Causes;
  readonly linkLost: boolean;
  readonly ringing: Readonly<Record<StandingKind, Ringing>>;
  /** When a standing sound was last heard. */
  readonly lastAtMs: number;
}

export type AlertEvent =
  | { readonly kind: 'scanned'; readonly sound: SoundKind }
  | { readonly kind: 'causes'; readonly causes: Causes }
  | { readonly kind: 'link'; readonly lost: boolean }
  | { readonly kind: 'acknowledged'; readonly standing: StandingKind }
  /** Time has passed. */
  | { readonly kind: 'time' };

export interface AlertStep {
  readonly state: AlertState;
  /** What is heard and seen now. */
  readonly sound: SoundKind | null;
  /** What of it is told for the first time, and not once more. */
  readonly news: StandingKind | null;
  /** When to look again though nothing happens; null: not at all. */
  readonly wakeAtMs: number | null;
}

const repeatEveryMs = 30_000;
/** A burst of problems is one sound, and one more for those that came meanwhile. */
const shortestPauseMs = 5_000;
/** The page is connected again this fast where only the station was started anew; it is seen at once all the same. */
const linkGraceMs = 2_000;

const quiet: Ringing = { nextAtMs: null, heard: false, hasNews: false };

export const firstAlertState: AlertState = {
  causes: null,
  seen: {},
  linkLost: false,
  ringing: { attention: quiet, connectionLost: quiet },
  lastAtMs: Number.NEGATIVE_INFINITY,
};

/** What of the causes nobody has acknowledged yet. */
export const unseenCauses = ({ causes, seen }: AlertState): Causes =>
  Object.fromEntries(
    Object.entries(causes ?? {}).flatMap(([name, amount]) => {
      const more = amount - (seen[name] ?? 0);
      return more > 0 ? [[name, more]] : [];
    }),
  );

/** What stays on the screen until it is acknowledged or over. A page that is cut off knows nothing of the rest. */
export const standingOf = ({ ringing, linkLost }: AlertState): StandingKind | null => {
  if (ringing.connectionLost.heard) return 'connectionLost';
  return ringing.attention.heard && !linkLost ? 'attention' : null;
};

const ring = (state: AlertState, kind: StandingKind, change: Ringing): AlertState => ({
  ...state,
  ringing: { ...state.ringing, [kind]: change },
});

/** What there is when the page is opened is before the eyes of whoever opened it; only what is more is told. */
const withCauses = (state: AlertState, causes: Causes, nowMs: number): AlertState => {
  if (state.causes === null) return { ...state, causes, seen: causes };
  // What was seen and is over can come again.
  const seen = Object.fromEntries(
    Object.entries(state.seen).map(([name, amount]) => [name, Math.min(amount, causes[name] ?? 0)]),
  );
  const before = unseenCauses(state);
  const next = { ...state, causes, seen };
  const unseen = Object.entries(unseenCauses(next));
  if (unseen.length === 0) return ring(next, 'attention', quiet);
  if (!unseen.some(([name, amount]) => amount > (before[name] ?? 0))) return next;
  const nextAtMs = Math.max(nowMs, state.lastAtMs + shortestPauseMs);
  return ring(next, 'attention', { ...state.ringing.attention, nextAtMs, hasNews: true });
};

const withLink = (state: AlertState, lost: boolean, nowMs: number): AlertState => {
  // A page that never reached its station says so by itself, and nothing else.
  if (lost === state.linkLost || state.causes === null) return state;
  const { attention } = state.ringing;
  // Whether the rest still stands is only known once the station has said how it is.
  const attentionAtMs = attention.nextAtMs === null ? null : Math.max(attention.nextAtMs, nowMs + linkGraceMs);
  return {
    ...state,
    linkLost: lost,
    ringing: {
      attention: { ...attention, nextAtMs: attentionAtMs },
      connectionLost: lost ? { nextAtMs: nowMs + linkGraceMs, heard: false, hasNews: true } : quiet,
    },
  };
};

const withEvent = (state: AlertState, event: AlertEvent, nowMs: number): AlertState => {
  switch (event.kind) {
    case 'causes':
      return withCauses(state, event.causes, nowMs);
    case 'link':
      return withLink(state, event.lost, nowMs);
    case 'acknowledged':
      return ring(
        event.standing === 'attention' ? { ...state, seen: state.causes ?? {} } : state,
        event.standing,
        quiet,
      );
    case 'scanned':
    case 'time':
      return state;
  }
};

/** The one standing sound that may be heard: while the page is cut off, only that it is. */
const nextStanding = ({
  ringing,
  linkLost,
}: AlertState): { kind: StandingKind; ringing: Ringing; atMs: number } | null => {
  const kind = linkLost ? 'connectionLost' : 'attention';
  const atMs = ringing[kind].nextAtMs;
  return atMs === null ? null : { kind, ringing: ringing[kind], atMs };
};

/** Takes what happened and says what is to be heard now. */
export const alertStep = (before: AlertState, event: AlertEvent, nowMs: number): AlertStep => {
  const state = withEvent(before, event, nowMs);
  const next = nextStanding(state);
  if (event.kind === 'scanned') {
    return { state, sound: event.sound, news: null, wakeAtMs: next?.atMs ?? null };
  }
  if (next === null || next.atMs > nowMs) return { state, sound: null, news: null, wakeAtMs: next?.atMs ?? null };
  const wakeAtMs = nowMs + repeatEveryMs;
  return {
    state: { ...ring(state, next.kind, { nextAtMs: wakeAtMs, heard: true, hasNews: false }), lastAtMs: nowMs },
    sound: next.kind,
    news: next.ringing.hasNews ? next.kind : null,
    wakeAtMs,
  };
};

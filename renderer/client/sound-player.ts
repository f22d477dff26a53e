import { type SoundKind, soundScores } from './sound-scores.ts';

/** Plays the sounds of this page. */
export interface SoundPlayer {
  /** Whether the browser still waits for a first tap or key before it lets the page be heard. */
  readonly isLocked: () => boolean;
  /** Told once, when it no longer does. */
  readonly onUnlocked: (listener: () => void) => void;
  readonly play: (kind: SoundKind, volumePercent: number) => void;
}

interface SoundPlayerDeps {
  readonly window: Window & Pick<typeof globalThis, 'AudioContext'>;
  /** Whether a page may be heard before anybody touched it: in the desktop app it may. */
  readonly startsUnlocked: boolean;
}

/** A page that keeps quiet gives the loudspeaker back. */
const restAfterMs = 5_000;
/** A note that begins or ends at once would click. */
const attackSeconds = 0.008;
const silence = 0.0001;

/** An ear hears loudness by its powers: half of the slider is to sound half as loud. */
const gainOf = (volumePercent: number): number => (volumePercent / 100) ** 2;

const schedule = (context: AudioContext, kind: SoundKind, gain: number): void => {
  const startsAt = context.currentTime + 0.02;
  for (const { atMs, lengthMs, hertz, wave, level } of soundScores[kind]) {
    const from = startsAt + atMs / 1000;
    const until = from + lengthMs / 1000;
    const loudness = context.createGain();
    loudness.gain.setValueAtTime(silence, from);
    loudness.gain.exponentialRampToValueAtTime(Math.max(silence, gain * level), from + attackSeconds);
    loudness.gain.exponentialRampToValueAtTime(silence, until);
    loudness.connect(context.destination);
    const oscillator = context.createOscillator();
    oscillator.type = wave;
    oscillator.frequency.value = hertz;
    oscillator.connect(loudness);
    oscillator.start(from);
    oscillator.stop(until);
    oscillator.onended = () => loudness.disconnect();
  }
};

/** Makes the sounds from notes, at the moment they are wanted: no file has to be fetched for them. */
export const createSoundPlayer = ({ window, startsUnlocked }: SoundPlayerDeps): SoundPlayer => {
  const unlockListeners = new Set<() => void>();
  let locked = !startsUnlocked && !window.navigator.userActivation?.hasBeenActive;
  let context: AudioContext | null = null;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const gestures = ['pointerup', 'click', 'keydown'] as const;
  const onGesture = (): void => {
    // Some keys and touches do not count as one.
    if (window.navigator.userActivation?.hasBeenActive === false) return;
    locked = false;
    for (const name of gestures) window.removeEventListener(name, onGesture, { capture: true });
    for (const listener of unlockListeners) listener();
  };
  if (locked) for (const name of gestures) window.addEventListener(name, onGesture, { capture: true });

  const playNow = async (kind: SoundKind, volumePercent: number): Promise<void> => {
    clearTimeout(rest);
    context ??= new window.AudioContext();
    if (context.state !== 'running') await context.resume();
    schedule(context, kind, gainOf(volumePercent));
    clearTimeout(rest);
    rest = setTimeout(() => void context?.suspend().catch(() => undefined), restAfterMs);
  };
  return {
    isLocked: () => locked,
    onUnlocked: (listener) => {
      unlockListeners.add(listener);
    },
    play: (kind, volumePercent) => {
      if (locked || volumePercent === 0) return;
      // A machine without a loudspeaker: what is heard is seen, too.
      playNow(kind, volumePercent).catch(() => undefined);
    },
  };
};

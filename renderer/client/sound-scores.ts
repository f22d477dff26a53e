/** What can be heard at a workstation. */
export const soundKinds = ['goodScan', 'wrongItem', 'attention', 'connectionLost'] as const;
export type SoundKind = (typeof soundKinds)[number];

interface Note {
  readonly atMs: number;
  readonly lengthMs: number;
  readonly hertz: number;
  readonly wave: OscillatorType;
  /** 0 to 1, of the volume of the workstation. */
  readonly level: number;
}

const note = (atMs: number, lengthMs: number, hertz: number, wave: OscillatorType, level: number): Note => ({
  atMs,
  lengthMs,
  hertz,
  wave,
  level,
});

/**
 * The four sounds, told apart by their movement, not by their pitch alone: two quick steps up; a rough buzz, twice;
 * three bells up, twice; three long steps down. They keep between 300 and 3000 Hz, over the hum of presses and within
 * what a cheap loudspeaker gives.
 */
export const soundScores: Readonly<Record<SoundKind, readonly Note[]>> = {
  goodScan: [note(0, 80, 1568, 'sine', 0.9), note(85, 140, 2093, 'sine', 0.9)],
  // Two notes a half-tone apart beat against each other.
  wrongItem: [
    note(0, 170, 392, 'square', 0.45),
    note(0, 170, 415, 'square', 0.45),
    note(230, 300, 311, 'square', 0.45),
    note(230, 300, 330, 'square', 0.45),
  ],
  attention: [0, 620].flatMap((atMs) => [
    note(atMs, 160, 880, 'triangle', 0.8),
    note(atMs + 150, 160, 1109, 'triangle', 0.8),
    note(atMs + 300, 260, 1319, 'triangle', 0.8),
  ]),
  connectionLost: [
    note(0, 340, 784, 'triangle', 0.7),
    note(360, 340, 587, 'triangle', 0.7),
    note(720, 560, 392, 'triangle', 0.7),
    note(720, 560, 784, 'sine', 0.25),
  ],
};

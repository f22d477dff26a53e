import type { SoundKind } from '../../client/sound-scores.ts';
import type { Mark } from '../../ui/marks.ts';

/** The shape of each sound: who cannot hear it sees it. */
export const alertMarks: Readonly<Record<SoundKind, Mark>> = {
  goodScan: 'done',
  wrongItem: 'stopped',
  attention: 'attention',
  connectionLost: 'down',
};

import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconArrowRight,
  IconBan,
  IconCheck,
  IconCircle,
  IconHandStop,
  IconHourglassHigh,
  IconProgressDown,
  IconUnlink,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Mark } from './marks.ts';
import styles from './status-mark.module.css';

const shapes = {
  done: IconCheck,
  plain: IconCircle,
  moving: IconProgressDown,
  onward: IconArrowRight,
  waiting: IconHourglassHigh,
  held: IconHandStop,
  attention: IconAlertTriangleFilled,
  stopped: IconAlertOctagonFilled,
  ended: IconBan,
  down: IconUnlink,
} as const satisfies Record<Mark, unknown>;

interface MarkShapeProps {
  readonly mark: Mark;
  readonly size?: number;
}

/** The shape alone; only where its word stands beside it. */
export const MarkShape = ({ mark, size = 22 }: MarkShapeProps) => {
  const Shape = shapes[mark];
  return <Shape className={styles[mark]} size={size} stroke={2.25} aria-hidden focusable={false} />;
};

interface StatusMarkProps extends MarkShapeProps {
  readonly children: ReactNode;
  readonly strong?: boolean;
}

/** A status: shape, word, and colour when it is abnormal. */
export const StatusMark = ({ mark, size, strong = false, children }: StatusMarkProps) => (
  <span className={styles.status} data-mark={mark} data-strong={strong || undefined}>
    <MarkShape mark={mark} {...(size === undefined ? {} : { size })} />
    <span className={styles.word}>{children}</span>
  </span>
);

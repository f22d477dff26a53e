import type { ThroughputLine } from '../../../main/contract/today.ts';
import styles from './platform-pattern.module.css';

/** The patterns that tell platforms apart without any colour. */
type Pattern = 'solid' | 'stripes' | 'dots' | 'bars' | 'grid' | 'hollow';

const patternOf = ({ platform, lane }: Pick<ThroughputLine, 'platform' | 'lane'>): Pattern => {
  if (lane === 'outsourced') return 'hollow';
  const known: Readonly<Record<string, Pattern>> = {
    cloudprinter: 'solid',
    printess: 'stripes',
    customerscanvas: 'dots',
    printapi: 'bars',
  };
  return known[platform] ?? 'grid';
};

const shapes: Readonly<Record<Pattern, string>> = {
  solid: 'M0 0H8V8H0Z',
  stripes: 'M-2 2L2 -2M0 8L8 0M6 10L10 6',
  dots: 'M2 2h.01M6 6h.01',
  bars: 'M0 2H8M0 6H8',
  grid: 'M0 4H8M4 0V8',
  hollow: '',
};

/** The pattern of a platform as a part of an SVG; `url(#id)` fills with it. */
export const PlatformPattern = ({ id, line }: { readonly id: string; readonly line: ThroughputLine }) => {
  const pattern = patternOf(line);
  return (
    <pattern id={id} width={8} height={8} patternUnits="userSpaceOnUse">
      <rect width={8} height={8} className={styles.ground} />
      <path d={shapes[pattern]} className={styles[pattern]} />
    </pattern>
  );
};

/** A sample of it, beside the platform's name. */
export const PlatformSwatch = ({ id, line }: { readonly id: string; readonly line: ThroughputLine }) => (
  <svg width={34} height={24} aria-hidden focusable={false}>
    <defs>
      <PlatformPattern id={id} line={line} />
    </defs>
    <rect x={1} y={1} width={32} height={22} fill={`url(#${id})`} className={styles.outline} data-lane={line.lane} />
  </svg>
);

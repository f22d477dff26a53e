import type { BoxMm, PageBoxes } from '../../../main/contract/inspection.ts';
import styles from './box-outlines.module.css';

const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`;

/** The edge of a box, where it lies on the page. */
const Outline = ({
  box,
  on,
  kind,
}: {
  readonly box: BoxMm;
  readonly on: PageBoxes;
  readonly kind: 'trim' | 'bleed';
}) => (
  <span
    className={styles.outline}
    data-kind={kind}
    style={{
      left: percent(box.leftMm, on.widthMm),
      top: percent(box.topMm, on.heightMm),
      width: percent(box.widthMm, on.widthMm),
      height: percent(box.heightMm, on.heightMm),
    }}
  />
);

/** TrimBox and BleedBox, drawn over a page: lines that are seen on every ground. */
export const BoxOutlines = ({ boxes }: { readonly boxes: PageBoxes }) => (
  <>
    {boxes.bleed !== null && <Outline box={boxes.bleed} on={boxes} kind="bleed" />}
    {boxes.trim !== null && <Outline box={boxes.trim} on={boxes} kind="trim" />}
  </>
);

/** The line of a box, for the legend. */
export const BoxLine = ({ kind }: { readonly kind: 'trim' | 'bleed' }) => (
  <span className={styles.sample} data-kind={kind} aria-hidden />
);

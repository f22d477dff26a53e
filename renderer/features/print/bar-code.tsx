import { code128, drawingSVG } from 'bwip-js/browser';
import { useMemo } from 'react';

interface BarCodeProps {
  readonly text: string;
  /** Said to those who do not see it. */
  readonly label: string;
  readonly className: string | undefined;
}

/** In modules: what Code 128 wants free on both sides (ISO/IEC 15417). */
const quietModules = 10;
/** About a quarter of the width; the picture is scaled as a whole. */
const height = 8;

/** A Code 128 as a drawing, sharp at every size. */
export const BarCode = ({ text, label, className }: BarCodeProps) => {
  const source = useMemo(() => {
    const svg: string = code128({ bcid: 'code128', text, height, paddingwidth: quietModules }, drawingSVG());
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }, [text]);
  return <img className={className} src={source} alt={label} />;
};

import type { FileView } from '../../../main/contract/files.ts';
import { isPdf, isPicture } from '../../client/page-source.ts';

/** Whether a file has pages that can be shown: a ready PDF that some program could read, or a picture. */
export const hasPages = ({ state, format, inspection }: FileView): boolean =>
  state === 'ready' && (isPdf(format) || isPicture(format)) && inspection?.state !== 'unreadable';

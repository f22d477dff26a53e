import type { FileView } from '../../../main/contract/files.ts';

/** Whether a file has pages that can be shown: a ready PDF that some program could read. */
export const hasPages = ({ state, format, inspection }: FileView): boolean =>
  state === 'ready' && /pdf$/i.test(format) && inspection?.state !== 'unreadable';

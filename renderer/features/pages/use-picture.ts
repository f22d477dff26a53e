import { useEffect, useMemo } from 'react';
import type { FileView } from '../../../main/contract/files.ts';
import { usePages } from '../../app-context.ts';
import { type PagePicture, pictureKey } from '../../stores/pages-store.ts';

/** The picture of a file's first page, drawn while somebody wants it; undefined where nobody does. */
export const usePicture = (file: FileView, longestPx: number, wanted: boolean): PagePicture | undefined => {
  const { id, sha256, bytes, format } = file;
  // Each reading of the order makes new objects of files that are the same.
  const pages = useMemo(() => ({ id, sha256, bytes, format }), [id, sha256, bytes, format]);
  const want = usePages((state) => state.want);
  useEffect(() => (wanted ? want(pages, longestPx) : undefined), [want, pages, longestPx, wanted]);
  return usePages((state) => state.pictures[pictureKey(pages, longestPx)]);
};

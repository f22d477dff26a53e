import { useEffect, useState } from 'react';
import { usePages } from '../../app-context.ts';
import type { PdfBook } from '../../client/pdf-book.ts';
import type { PagesOf } from '../../stores/pages-store.ts';

export type BookState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly book: PdfBook }
  | { readonly kind: 'failed' };

/** A file's pages, open as long as they are looked at. */
export const useBook = ({ id, sha256, bytes, format }: PagesOf): BookState => {
  const open = usePages((state) => state.open);
  const [state, setState] = useState<BookState>({ kind: 'opening' });
  useEffect(() => {
    const abort = new AbortController();
    let opened: PdfBook | null = null;
    setState({ kind: 'opening' });
    open({ id, sha256, bytes, format }, abort.signal).then(
      (book) => {
        if (abort.signal.aborted) book.close();
        else {
          opened = book;
          setState({ kind: 'open', book });
        }
      },
      () => {
        if (!abort.signal.aborted) setState({ kind: 'failed' });
      },
    );
    return () => {
      abort.abort();
      opened?.close();
    };
  }, [open, id, sha256, bytes, format]);
  return state;
};

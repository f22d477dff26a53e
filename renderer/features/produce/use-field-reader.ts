import { useEffect, useState } from 'react';
import type { ReadFields } from './produce-lines.ts';

/** The reader of lists, fetched when somebody produces; null until it is there. */
export const useFieldReader = (): { readonly read: ReadFields | null; readonly failed: boolean } => {
  const [read, setRead] = useState<ReadFields | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let left = false;
    import('csv-parse/browser/esm/sync').then(
      ({ parse }) => {
        // A function given as it is would be called for the next state.
        if (!left) setRead(() => parse);
      },
      () => {
        if (!left) setFailed(true);
      },
    );
    return () => {
      left = true;
    };
  }, []);
  return { read, failed };
};

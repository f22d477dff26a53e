import { useCallback, useEffect, useRef, useState } from 'react';
import { useFeedback } from '../app-context.ts';
import type { Outcome } from '../stores/perform.ts';

/** Runs what a button does: busy meanwhile, a failure is said in one line, a success too when it has words. */
export const useAction = (): {
  readonly busy: boolean;
  readonly run: <T>(ask: () => Promise<Outcome<T>>, doneText?: string | ((value: T) => string)) => Promise<boolean>;
} => {
  const [busy, setBusy] = useState(false);
  const say = useFeedback((state) => state.say);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const run = useCallback(
    async <T>(ask: () => Promise<Outcome<T>>, doneText?: string | ((value: T) => string)): Promise<boolean> => {
      setBusy(true);
      const outcome = await ask();
      if (mounted.current) setBusy(false);
      if (outcome.kind === 'failed') {
        say('failed', outcome.error.message);
        return false;
      }
      if (doneText !== undefined) say('done', typeof doneText === 'string' ? doneText : doneText(outcome.value));
      return true;
    },
    [say],
  );
  return { busy, run };
};

import { useCallback, useEffect, useRef, useState } from 'react';
import { useFeedback } from '../app-context.ts';
import type { Outcome } from '../stores/perform.ts';
import { useLineWords } from './use-line-words.ts';

/**
 * Runs what a button does: busy meanwhile, a failure is said in one line, a success too when it has words. A second tap
 * before the first is answered asks nothing.
 */
export const useAction = (): {
  readonly busy: boolean;
  readonly run: <T>(ask: () => Promise<Outcome<T>>, doneText?: string | ((value: T) => string)) => Promise<boolean>;
} => {
  const [busy, setBusy] = useState(false);
  const say = useFeedback((state) => state.say);
  const words = useLineWords();
  const mounted = useRef(true);
  const running = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const run = useCallback(
    async <T>(ask: () => Promise<Outcome<T>>, doneText?: string | ((value: T) => string)): Promise<boolean> => {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      const outcome = await ask();
      running.current = false;
      if (mounted.current) setBusy(false);
      if (outcome.kind === 'failed') {
        say('failed', words(outcome.error.message));
        return false;
      }
      if (doneText !== undefined) say('done', typeof doneText === 'string' ? doneText : doneText(outcome.value));
      return true;
    },
    [say, words],
  );
  return { busy, run };
};

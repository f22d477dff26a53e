import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../main/contract/people.ts';
import { usePeople } from '../../app-context.ts';
import { onTakenBack } from '../../client/taken-back-keys.ts';
import { Line } from '../../ui/line.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { PinPad } from './pin-pad.tsx';
import styles from './pin-step.module.css';

/** What became of the last try; moments are milliseconds since 1970. */
type LastTry =
  | { readonly kind: 'none' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'wrong'; readonly waitUntil: number }
  | { readonly kind: 'failed'; readonly message: string };

const longestPin = 12;
const shortestPin = 4;

/** Asks a person for the PIN: on the pad, or with the digits of a keyboard. */
export const PinStep = ({ person }: { readonly person: PersonView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const signIn = usePeople((state) => state.signIn);
  const [typed, setTyped] = useState('');
  const [last, setLast] = useState<LastTry>({ kind: 'none' });
  const [tries, setTries] = useState(0);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  // A scan is no PIN, whatever digits it begins with.
  useEffect(
    () =>
      onTakenBack(window, (keys) => {
        const digits = keys.replaceAll(/\D/g, '').length;
        setTyped((before) => before.slice(0, Math.max(0, before.length - digits)));
      }),
    [],
  );

  const waitMs = last.kind === 'wrong' ? Math.max(0, last.waitUntil - now) : 0;
  const blocked = last.kind === 'checking' || waitMs > 0;
  const submit = async (): Promise<void> => {
    if (blocked || typed.length < shortestPin) return;
    setLast({ kind: 'checking' });
    const outcome = await signIn(person.id, typed);
    setTyped('');
    setTries((count) => count + 1);
    if (outcome.kind === 'failed') setLast({ kind: 'failed', message: outcome.error.message });
    else if (outcome.value.kind === 'signedIn') setLast({ kind: 'none' });
    else setLast({ kind: 'wrong', waitUntil: Date.now() + outcome.value.waitSeconds * 1000 });
  };

  return (
    <section className={styles.step} aria-label={t('people.pinOf', { name: person.name })}>
      <h2 className={styles.title} ref={title} tabIndex={-1} data-autofocus data-mantine-stop-propagation="true">
        {person.initials} · {person.name}
      </h2>
      {/* A new key starts the shaking anew. */}
      <p key={tries} className={styles.dots} data-wrong={last.kind === 'wrong' || undefined}>
        <span aria-hidden>{typed === '' ? t('people.pin') : '●'.repeat(typed.length)}</span>
        <span className={styles.unseen} aria-live="polite">
          {t('people.digits', { count: typed.length })}
        </span>
      </p>
      <p className={styles.message} role="alert">
        {waitMs > 0 && (
          <>
            <MarkShape mark="waiting" />
            {t('people.wait', { time: words.duration(waitMs) })}
          </>
        )}
        {last.kind === 'wrong' && waitMs === 0 && typed === '' && (
          <>
            <MarkShape mark="attention" />
            {t('people.wrong')}
          </>
        )}
        {last.kind === 'failed' && <Line text={last.message} />}
        {last.kind === 'checking' && t('people.checking')}
      </p>
      <PinPad
        blocked={blocked}
        complete={typed.length >= shortestPin}
        onDigit={(digit) => setTyped((before) => (before + digit).slice(0, longestPin))}
        onBack={() => setTyped((before) => before.slice(0, -1))}
        onSubmit={() => void submit()}
      />
    </section>
  );
};

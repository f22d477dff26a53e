import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../main/contract/people.ts';
import { usePeople, useScanner } from '../../app-context.ts';
import type { PickerReason } from '../../stores/people-store.ts';
import { PersonTiles } from './person-tiles.tsx';
import { PickerFoot } from './picker-foot.tsx';
import { PinStep } from './pin-step.tsx';
import styles from './who-picker.module.css';

/** Above every other dialog: it may be one of those that asks who is there. */
const layer = 300;

/** Why it is asked, and what waits for the answer: the panel that tells of scans elsewhere is covered. */
const Reason = ({ reason }: { readonly reason: PickerReason }) => {
  const { t } = useTranslation();
  const waiting = useScanner((state) => state.waiting);
  return (
    <p className={styles.reason} role="status">
      {reason !== 'change' && <span>{t(`people.reason_${reason}`)}</span>}
      {waiting > 0 && <strong>{t('scanner.waiting', { count: waiting })}</strong>}
    </p>
  );
};

const Question = ({ reason }: { readonly reason: PickerReason }) => {
  const people = usePeople((state) => state.people);
  const close = usePeople((state) => state.closePicker);
  const offered = reason === 'manager' ? people.filter(({ role }) => role === 'manager') : people;
  const only = offered.length === 1 ? (offered[0] ?? null) : null;
  const [picked, setPicked] = useState<PersonView | null>(only);
  const back = (): void => {
    if (picked === null || picked === only) close();
    else setPicked(null);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return;
      if (picked === null || picked === only) close();
      else setPicked(null);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [picked, only, close]);
  return (
    <div className={styles.question}>
      <Reason reason={reason} />
      {picked === null ? <PersonTiles people={offered} onPick={setPicked} /> : <PinStep person={picked} />}
      <PickerFoot reason={reason} picked={picked !== null && picked !== only} onBack={back} />
    </div>
  );
};

/** The whole screen asks who is working: first the name, then the PIN. */
export const WhoPicker = () => {
  const { t } = useTranslation();
  const reason = usePeople((state) => state.picker);
  const close = usePeople((state) => state.closePicker);
  return (
    <Modal
      fullScreen
      opened={reason !== null}
      onClose={close}
      closeOnEscape={false}
      withCloseButton={false}
      zIndex={layer}
      classNames={{ title: styles.title ?? '', body: styles.body ?? '' }}
      transitionProps={{ duration: 0 }}
      title={t(reason === 'manager' ? 'people.whoManager' : 'people.who')}
    >
      {reason !== null && <Question key={reason} reason={reason} />}
    </Modal>
  );
};

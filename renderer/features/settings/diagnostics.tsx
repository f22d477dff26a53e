import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../../app-context.ts';
import type { Outcome } from '../../stores/perform.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { CopyField } from '../../ui/copy-field.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';

interface WriteFileProps {
  readonly label: string;
  readonly button: string;
  readonly write: (path: string) => Promise<Outcome<{ readonly path: string; readonly bytes: number }>>;
}

/** Lets the station write a file where a person says. */
const WriteFile = ({ label, button, write }: WriteFileProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const { busy, run } = useAction();
  const [path, setPath] = useState('');
  return (
    <div className={styles.pair}>
      <TextInput label={label} value={path} onChange={(event) => setPath(event.currentTarget.value)} />
      <div>
        <ActionButton
          busy={busy}
          disabled={path.trim() === ''}
          onClick={() =>
            void run(
              () => write(path.trim()),
              (written) => t('diagnostics.written', { path: written.path, bytes: words.bytes(written.bytes) }),
            )
          }
        >
          {button}
        </ActionButton>
      </div>
    </div>
  );
};

/** How the station does, and what it can write for safety and for support. */
export const Diagnostics = () => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const station = useStation((state) => state.station);
  const backup = useStation((state) => state.backup);
  const supportBundle = useStation((state) => state.supportBundle);
  if (station === null) return null;
  const { intake } = station;
  return (
    <section className={styles.card} aria-label={t('diagnostics.title')}>
      <h2 className={styles.cardTitle}>{t('diagnostics.title')}</h2>
      <dl className={styles.facts}>
        <dt>{t('diagnostics.version')}</dt>
        <dd>{station.version}</dd>
        <dt>{t('diagnostics.started')}</dt>
        <dd>{words.moment(station.startedAt, now)}</dd>
        <dt>{t('diagnostics.intake')}</dt>
        <dd>
          {t(`intakeState.${intake.state}`)}
          {intake.problem !== null && `: ${intake.problem}`}
        </dd>
        {intake.url !== null && (
          <>
            <dt>{t('diagnostics.intakeUrl')}</dt>
            <dd>
              <CopyField text={intake.publicUrl ?? intake.url} label={t('diagnostics.intakeUrl')} />
            </dd>
          </>
        )}
        <dt>{t('diagnostics.free')}</dt>
        <dd>{station.diskFreeBytes === null ? t('diagnostics.unknown') : words.bytes(station.diskFreeBytes)}</dd>
      </dl>
      <WriteFile label={t('diagnostics.backupPath')} button={t('diagnostics.backup')} write={backup} />
      <WriteFile label={t('diagnostics.bundlePath')} button={t('diagnostics.bundle')} write={supportBundle} />
      <p className={styles.dim}>{t('diagnostics.noSecrets')}</p>
    </section>
  );
};

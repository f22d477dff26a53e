import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../main/contract/connections.ts';
import { useConnections } from '../../app-context.ts';
import type { ConnectionTest } from '../../stores/connections-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { CheckSteps } from '../../ui/check-steps.tsx';
import { useAction } from '../../ui/use-action.ts';
import { usePlatform } from '../../ui/use-platform.ts';
import {
  draftOfConnection,
  freeConnectionId,
  isConnectionComplete,
  settledDraft,
} from '../connections/connection-draft.ts';
import { ConnectionFields } from '../connections/connection-fields.tsx';
import { IntakeAddresses } from '../connections/intake-addresses.tsx';
import { PlatformPicker } from '../connections/platform-picker.tsx';
import { StepForm } from './step-form.tsx';

interface ConnectionStepProps {
  readonly onNext: () => void;
  readonly onBack: (() => void) | null;
}

interface PlatformFormProps extends ConnectionStepProps {
  readonly platform: PlatformView;
}

/** Saves the connection, tries it, and shows each step of the test; a failed test can be looked at later. */
const PlatformForm = ({ platform, onNext, onBack }: PlatformFormProps) => {
  const { t } = useTranslation();
  const existing = useConnections((state) => state.connections.find((known) => known.platform === platform.id) ?? null);
  const save = useConnections((state) => state.save);
  const test = useConnections((state) => state.test);
  const { busy, run } = useAction();
  const [draft, setDraft] = useState(() => {
    const fresh = draftOfConnection(platform, existing);
    return existing === null ? { ...fresh, id: freeConnectionId(platform.id, []) } : fresh;
  });
  const [result, setResult] = useState<ConnectionTest | null>(null);
  const submit = async (): Promise<void> => {
    if (result?.ok === true) {
      onNext();
      return;
    }
    const settled = settledDraft(draft);
    if (!(await run(() => save(settled)))) return;
    await run(async () => {
      const outcome = await test(settled.id);
      if (outcome.kind === 'done') setResult(outcome.value);
      return outcome;
    });
  };
  return (
    <StepForm
      onBack={onBack}
      submitText={t(result?.ok === true ? 'setup.next' : 'setup.saveAndTest')}
      busy={busy}
      complete={isConnectionComplete(draft, platform, existing)}
      onSubmit={() => void submit()}
      {...(result?.ok === false ? { skip: { text: t('setup.goOnAnyway'), onSkip: onNext } } : {})}
    >
      <ConnectionFields
        platform={platform}
        connection={existing}
        draft={draft}
        onChange={(changed) => {
          setDraft(changed);
          setResult(null);
        }}
      />
      {result !== null && <CheckSteps steps={result.steps} label={t('connection.testResult')} />}
      {result !== null && existing !== null && existing.inbound !== 'unused' && (
        <div className={styles.lines}>
          <p>{t('setup.connection.intakeUrl', { platform: platform.name })}</p>
          <dl className={styles.facts}>
            <IntakeAddresses connection={existing} platform={platform} />
          </dl>
        </div>
      )}
    </StepForm>
  );
};

/** One platform is enough to begin with; more can be added on the Connections screen. */
export const ConnectionStep = ({ onNext, onBack }: ConnectionStepProps) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const platform = usePlatform(chosen);
  if (platform !== undefined) {
    return <PlatformForm platform={platform} onNext={onNext} onBack={() => setChosen('')} />;
  }
  return (
    <>
      <PlatformPicker onChoose={setChosen} />
      {onBack !== null && (
        <div className={styles.actions}>
          <ActionButton size="main" onClick={onBack}>
            {t('dialog.back')}
          </ActionButton>
        </div>
      )}
    </>
  );
};

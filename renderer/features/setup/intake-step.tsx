import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../../app-context.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { IntakeFields } from '../settings/settings-fields.tsx';
import { StepForm } from './step-form.tsx';
import { useStationSettings } from './use-station-settings.ts';

interface IntakeStepProps {
  readonly onNext: () => void;
  readonly onBack: (() => void) | null;
}

/** Saves first and shows whether the intake really listens; only then it goes on. */
export const IntakeStep = ({ onNext, onBack }: IntakeStepProps) => {
  const { t } = useTranslation();
  const save = useStation((state) => state.saveSettings);
  const intake = useStation((state) => state.station?.intake ?? null);
  const { busy, run } = useAction();
  const { answer, change } = useStationSettings();
  const [checkedJson, setCheckedJson] = useState<string | null>(null);
  if (answer === null) return <p>{t('screen.loading')}</p>;
  const { settings } = answer;
  const locked = answer.lockedByConfig.some((name) => name === 'intake' || name.startsWith('intake.'));
  const json = JSON.stringify(settings.intake);
  const checked = locked || checkedJson === json;
  const submit = async (): Promise<void> => {
    if (checked) {
      onNext();
      return;
    }
    if (!(await run(() => save(settings)))) return;
    setCheckedJson(json);
    if (!settings.intake.enabled) onNext();
  };
  return (
    <StepForm
      onBack={onBack}
      submitText={t(checked || !settings.intake.enabled ? 'setup.next' : 'setup.saveAndCheck')}
      busy={busy}
      complete
      onSubmit={() => void submit()}
    >
      <IntakeFields settings={settings} onChange={change} locked={locked} />
      {checked && settings.intake.enabled && intake !== null && (
        <div role="status">
          <StatusMark
            mark={intake.state === 'listening' ? 'done' : intake.state === 'problem' ? 'stopped' : 'waiting'}
            strong
          >
            {t(`intakeState.${intake.state}`)}
            {intake.url !== null && `: ${intake.url}`}
            {intake.problem !== null && `: ${intake.problem}`}
          </StatusMark>
        </div>
      )}
    </StepForm>
  );
};

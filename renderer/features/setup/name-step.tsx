import { useTranslation } from 'react-i18next';
import { useStation } from '../../app-context.ts';
import { useAction } from '../../ui/use-action.ts';
import { NameFields } from '../settings/settings-fields.tsx';
import { StepForm } from './step-form.tsx';
import { useStationSettings } from './use-station-settings.ts';

export const NameStep = ({ onNext }: { readonly onNext: () => void }) => {
  const { t } = useTranslation();
  const save = useStation((state) => state.saveSettings);
  const { busy, run } = useAction();
  const { answer, change } = useStationSettings();
  if (answer === null) return <p>{t('screen.loading')}</p>;
  const locked = answer.lockedByConfig.includes('name');
  const submit = async (): Promise<void> => {
    if (locked || (await run(() => save(answer.settings)))) onNext();
  };
  return (
    <StepForm
      onBack={null}
      submitText={t('setup.next')}
      busy={busy}
      complete={answer.settings.name.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <NameFields settings={answer.settings} onChange={change} locked={locked} />
    </StepForm>
  );
};

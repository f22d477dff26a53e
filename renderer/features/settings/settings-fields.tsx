import { NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StationSettings } from '../../../main/contract/station.ts';
import styles from '../../ui/cards.module.css';
import { SwitchButton } from '../../ui/switch-button.tsx';

interface SectionProps {
  readonly settings: StationSettings;
  readonly onChange: (settings: StationSettings) => void;
  readonly locked: boolean;
}

export const NameFields = ({ settings, onChange, locked }: SectionProps) => {
  const { t } = useTranslation();
  return (
    <TextInput
      required
      disabled={locked}
      label={t('settings.name')}
      description={t('settings.nameHelp')}
      maxLength={60}
      value={settings.name}
      onChange={(event) => onChange({ ...settings, name: event.currentTarget.value })}
    />
  );
};

export const IntakeFields = ({ settings, onChange, locked }: SectionProps) => {
  const { t } = useTranslation();
  const { intake } = settings;
  const change = (part: Partial<StationSettings['intake']>): void =>
    onChange({ ...settings, intake: { ...intake, ...part } });
  return (
    <>
      <div>
        <SwitchButton checked={intake.enabled} disabled={locked} onChange={(enabled) => change({ enabled })}>
          {t('settings.intakeEnabled')}
        </SwitchButton>
      </div>
      <p className={styles.dim}>{t('settings.intakeHelp')}</p>
      <div className={styles.pair}>
        <TextInput
          disabled={locked}
          label={t('settings.intakeHost')}
          description={t('settings.intakeHostHelp')}
          value={intake.host}
          onChange={(event) => change({ host: event.currentTarget.value })}
        />
        <NumberInput
          disabled={locked}
          label={t('settings.intakePort')}
          description={t('settings.intakePortHelp')}
          min={0}
          max={65_535}
          allowDecimal={false}
          thousandSeparator=""
          value={intake.port}
          onChange={(value) => typeof value === 'number' && change({ port: value })}
        />
      </div>
      <TextInput
        disabled={locked}
        type="url"
        label={t('settings.publicUrl')}
        description={t('settings.publicUrlHelp')}
        placeholder="https://floor.example.com"
        value={intake.publicUrl}
        onChange={(event) => change({ publicUrl: event.currentTarget.value.trim() })}
      />
    </>
  );
};

const megabyte = 1_000_000;
const gigabyte = 1_000_000_000;

export const FilesFields = ({ settings, onChange, locked }: SectionProps) => {
  const { t } = useTranslation();
  const { files } = settings;
  const change = (part: Partial<StationSettings['files']>): void =>
    onChange({ ...settings, files: { ...files, ...part } });
  const number = (
    label: string,
    description: string | null,
    value: number,
    set: (value: number) => void,
    limits: { readonly min: number; readonly max: number },
  ) => (
    <NumberInput
      disabled={locked}
      label={label}
      description={description}
      {...limits}
      value={value}
      onChange={(next) => typeof next === 'number' && set(next)}
    />
  );
  return (
    <>
      <TextInput
        disabled={locked}
        label={t('settings.folder')}
        description={t('settings.folderHelp')}
        value={files.folder}
        onChange={(event) => change({ folder: event.currentTarget.value })}
      />
      <TextInput
        disabled={locked}
        label={t('settings.nameTemplate')}
        description={t('settings.nameTemplateHelp', {
          fields: '{order} {item} {role} {copies}',
          interpolation: { escapeValue: false },
        })}
        maxLength={200}
        value={files.nameTemplate}
        onChange={(event) => change({ nameTemplate: event.currentTarget.value })}
      />
      <div className={styles.pair}>
        {number(t('settings.concurrency'), null, files.concurrency, (concurrency) => change({ concurrency }), {
          min: 1,
          max: 16,
        })}
        {number(
          t('settings.perHost'),
          null,
          files.perHostConcurrency,
          (perHostConcurrency) => change({ perHostConcurrency }),
          { min: 1, max: 16 },
        )}
        {number(
          t('settings.bandwidth'),
          t('settings.bandwidthHelp'),
          files.bandwidthBytesPerSecond / megabyte,
          (value) => change({ bandwidthBytesPerSecond: Math.round(value * megabyte) }),
          { min: 0, max: 100_000 },
        )}
        {number(
          t('settings.minimumFree'),
          t('settings.minimumFreeHelp'),
          files.minimumFreeBytes / gigabyte,
          (value) => change({ minimumFreeBytes: Math.round(value * gigabyte) }),
          { min: 0, max: 100_000 },
        )}
        {number(
          t('settings.keepDays'),
          t('settings.keepDaysHelp'),
          files.keepDaysAfterShipped,
          (keepDaysAfterShipped) => change({ keepDaysAfterShipped }),
          { min: 1, max: 3650 },
        )}
        {number(
          t('settings.keepDaysWhenFull'),
          t('settings.keepDaysWhenFullHelp'),
          files.keepDaysWhenFull,
          (keepDaysWhenFull) => change({ keepDaysWhenFull }),
          { min: 1, max: 3650 },
        )}
      </div>
    </>
  );
};

export const SignalsFields = ({ settings, onChange, locked }: SectionProps) => {
  const { t } = useTranslation();
  return (
    <NumberInput
      disabled={locked}
      label={t('settings.undoSeconds')}
      description={t('settings.undoSecondsHelp')}
      min={0}
      max={120}
      value={settings.signals.undoSeconds}
      onChange={(value) =>
        typeof value === 'number' && onChange({ ...settings, signals: { ...settings.signals, undoSeconds: value } })
      }
    />
  );
};

import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationSettings } from '../../../main/contract/station.ts';
import { useStation } from '../../app-context.ts';
import type { SettingsAnswer } from '../../stores/station-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { LanguageButtons } from '../../ui/language-buttons.tsx';
import { Line } from '../../ui/line.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { useAction } from '../../ui/use-action.ts';
import { AlertsSection } from '../alerts/alerts-section.tsx';
import { PeopleSection } from '../people/people-section.tsx';
import { ScannerSection } from '../scanner/scanner-section.tsx';
import { PractiseCard } from '../training/practise-card.tsx';
import { Diagnostics } from './diagnostics.tsx';
import { FilesFields, IntakeFields, NameFields, SignalsFields } from './settings-fields.tsx';
import settingsStyles from './settings-screen.module.css';

const sections = [
  { group: 'name', Fields: NameFields },
  { group: 'intake', Fields: IntakeFields },
  { group: 'files', Fields: FilesFields },
  { group: 'signals', Fields: SignalsFields },
] as const;

const SettingsForm = ({ answer }: { readonly answer: SettingsAnswer }) => {
  const { t } = useTranslation();
  const save = useStation((state) => state.saveSettings);
  const { busy, run } = useAction();
  const [saved, setSaved] = useState(answer.settings);
  const [settings, setSettings] = useState<StationSettings>(answer.settings);
  const changed = JSON.stringify(settings) !== JSON.stringify(saved);
  const submit = async (): Promise<void> => {
    if (await run(() => save(settings), t('settings.saved'))) setSaved(settings);
  };
  return (
    <form
      className={settingsStyles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {sections.map(({ group, Fields }) => {
        const locked = answer.lockedByConfig.some((name) => name === group || name.startsWith(`${group}.`));
        return (
          <section key={group} className={styles.card} aria-label={t(`settings.section_${group}`)}>
            <div className={styles.cardHead}>
              <h2 className={styles.cardTitle}>{t(`settings.section_${group}`)}</h2>
              {locked && <span className={styles.dim}>{t('config.declared')}</span>}
            </div>
            <Fields settings={settings} onChange={setSettings} locked={locked} />
          </section>
        );
      })}
      <div className={settingsStyles.foot}>
        <span className={styles.dim}>{t(changed ? 'settings.unsaved' : 'settings.allSaved')}</span>
        <ActionButton disabled={!changed || busy} onClick={() => setSettings(saved)} size="main">
          {t('settings.discard')}
        </ActionButton>
        <ActionButton submit size="main" weight="strong" busy={busy} disabled={!changed}>
          {t('settings.save')}
        </ActionButton>
      </div>
    </form>
  );
};

type Asked =
  | { readonly kind: 'asking' }
  | { readonly kind: 'there'; readonly answer: SettingsAnswer }
  | { readonly kind: 'failed'; readonly message: string };

/** What the station itself is set to, and how it does. */
export const SettingsScreen = () => {
  const { t } = useTranslation();
  const ask = useStation((state) => state.settings);
  const [asked, setAsked] = useState<Asked>({ kind: 'asking' });
  useEffect(() => {
    let left = false;
    void ask().then((outcome) => {
      if (left) return;
      setAsked(
        outcome.kind === 'done'
          ? { kind: 'there', answer: outcome.value }
          : { kind: 'failed', message: outcome.error.message },
      );
    });
    return () => {
      left = true;
    };
  }, [ask]);
  return (
    <section className={styles.screen} aria-label={t('nav.settings')}>
      <div className={styles.inner}>
        <h1 className={styles.title}>{t('nav.settings')}</h1>
        <section className={styles.card} aria-label={t('language.title')}>
          <h2 className={styles.cardTitle}>{t('language.title')}</h2>
          <LanguageButtons />
          <p className={styles.dim}>{t('language.help')}</p>
        </section>
        <ScannerSection />
        <AlertsSection />
        {asked.kind === 'asking' && <ScreenState mark="moving" title={t('screen.loading')} />}
        {asked.kind === 'failed' && (
          <ScreenState mark="attention" title={t('screen.failed')}>
            <Line text={asked.message} />
          </ScreenState>
        )}
        {asked.kind === 'there' && <SettingsForm answer={asked.answer} />}
        <PractiseCard />
        <PeopleSection />
        <Diagnostics />
      </div>
    </section>
  );
};

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLink, useStation } from '../../app-context.ts';
import { goTo, hrefOf } from '../../client/route.ts';
import { LanguageButtons } from '../../ui/language-buttons.tsx';
import { FeedbackStack } from '../shell/feedback-stack.tsx';
import { LinkBar } from '../shell/link-bar.tsx';
import { PractiseCard } from '../training/practise-card.tsx';
import { ConnectionStep } from './connection-step.tsx';
import { FolderStep } from './folder-step.tsx';
import { IntakeStep } from './intake-step.tsx';
import { NameStep } from './name-step.tsx';
import styles from './setup-screen.module.css';

const steps = ['name', 'intake', 'connection', 'folder'] as const;

/** The first set-up, in four checked steps; it ends on the Orders screen. */
export const SetupScreen = () => {
  const { t } = useTranslation();
  const finishSetup = useStation((state) => state.finishSetup);
  const connected = useLink((state) => state.link.kind === 'connected');
  const [index, setIndex] = useState(0);
  const step = steps[index] ?? 'name';
  const next = (): void => {
    if (index + 1 < steps.length) {
      setIndex(index + 1);
      return;
    }
    goTo(hrefOf('orders'));
    finishSetup();
  };
  const back = index === 0 ? null : (): void => setIndex(index - 1);
  return (
    <main className={styles.page} key={step}>
      {!connected && <LinkBar />}
      <div className={styles.inner}>
        {index === 0 && <LanguageButtons />}
        <h1 className={styles.title}>{t('setup.title')}</h1>
        <ol className={styles.steps} aria-label={t('setup.steps')}>
          {steps.map((name, position) => (
            <li
              key={name}
              className={styles.step}
              aria-current={position === index ? 'step' : undefined}
              data-done={position < index || undefined}
            >
              <span className={styles.number}>{position + 1}</span>
              {t(`setup.${name}.short`)}
            </li>
          ))}
        </ol>
        <section className={styles.card} aria-label={t(`setup.${step}.title`)}>
          <h2 className={styles.heading}>{t(`setup.${step}.title`)}</h2>
          <p className={styles.text}>{t(`setup.${step}.text`)}</p>
          {step === 'name' && <NameStep onNext={next} />}
          {step === 'intake' && <IntakeStep onNext={next} onBack={back} />}
          {step === 'connection' && <ConnectionStep onNext={next} onBack={back} />}
          {step === 'folder' && <FolderStep onNext={next} onBack={back} />}
        </section>
        {index === 0 && <PractiseCard />}
      </div>
      <FeedbackStack />
    </main>
  );
};

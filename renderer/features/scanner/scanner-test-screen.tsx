import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScanner } from '../../app-context.ts';
import { hrefOf } from '../../client/route.ts';
import type { RecognisedScan } from '../../client/scan-recogniser.ts';
import { watchScanner } from '../../client/scanner-watch.ts';
import buttonStyles from '../../ui/action-button.module.css';
import { ActionButton } from '../../ui/action-button.tsx';
import cards from '../../ui/cards.module.css';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useWords } from '../../ui/use-words.ts';
import { BarCode } from '../print/bar-code.tsx';
import { compareScan, keyGapFor, type ScanTest, speedOf, testCode } from './scan-test.ts';
import styles from './scanner-test-screen.module.css';

/** Here a slow scanner is heard too, and told that it is one. */
const anySettings = { prefix: '', keyGapMs: 200 };

const Layout = ({ test }: { readonly test: ScanTest }) => {
  const { t } = useTranslation();
  if (test.kind === 'otherCode') return <StatusMark mark="attention">{t('scannerTest.otherCode')}</StatusMark>;
  if (test.wrong.length === 0) return <StatusMark mark="done">{t('scannerTest.layoutRight')}</StatusMark>;
  return (
    <>
      <StatusMark mark="stopped" strong>
        {t('scannerTest.layoutWrong', { count: test.wrong.length })}
      </StatusMark>
      <ul className={styles.wrong} aria-label={t('scannerTest.wrongLabel')}>
        {test.wrong.map(({ expected, arrived }) => (
          <li key={expected}>
            {t('scannerTest.wrong', { expected, arrived: arrived.trim() || t('scannerTest.blank') })}
          </li>
        ))}
      </ul>
      <p>{t('scannerTest.layoutHelp')}</p>
    </>
  );
};

const Adopt = ({ scan, test }: { readonly scan: RecognisedScan; readonly test: ScanTest }) => {
  const { t } = useTranslation();
  const settings = useScanner((state) => state.settings);
  const save = useScanner((state) => state.saveSettings);
  const keyGapMs = keyGapFor(speedOf(scan.gapsMs));
  if (test.kind === 'otherCode' || test.wrong.length > 0) return null;
  if (keyGapMs === null) return <StatusMark mark="stopped">{t('scannerTest.tooSlow')}</StatusMark>;
  if (settings.prefix === test.prefix && settings.keyGapMs === keyGapMs) {
    return <StatusMark mark="done">{t('scannerTest.adopted')}</StatusMark>;
  }
  return (
    <div>
      <ActionButton size="main" weight="strong" onClick={() => save({ prefix: test.prefix, keyGapMs })}>
        {t(test.prefix === '' ? 'scannerTest.adoptSpeed' : 'scannerTest.adopt', { prefix: test.prefix, gap: keyGapMs })}
      </ActionButton>
    </div>
  );
};

const Result = ({ scan }: { readonly scan: RecognisedScan }) => {
  const { t } = useTranslation();
  const words = useWords();
  const test = compareScan(scan.text);
  const speed = speedOf(scan.gapsMs);
  return (
    <>
      <Layout test={test} />
      <dl className={cards.facts}>
        <dt>{t('scannerTest.arrived')}</dt>
        <dd className={styles.code}>{scan.text}</dd>
        {test.kind === 'arrived' && (
          <>
            <dt>{t('scannerTest.prefix')}</dt>
            <dd className={styles.code}>{test.prefix || t('scannerTest.nothing')}</dd>
          </>
        )}
        <dt>{t('scannerTest.suffix')}</dt>
        <dd>
          {test.kind === 'arrived' && test.suffix !== '' && <span className={styles.code}>{test.suffix} </span>}
          {t(`scannerTest.end_${scan.end}`)}
        </dd>
        <dt>{t('scannerTest.speed')}</dt>
        <dd>
          {t('scannerTest.speedOf', {
            median: words.count(Math.round(speed.medianMs)),
            slowest: words.count(Math.round(speed.slowestMs)),
          })}
        </dd>
      </dl>
      <Adopt scan={scan} test={test} />
    </>
  );
};

/** Shows a code to scan and says what of it arrived, so that a scanner is set up right before the work begins. */
export const ScannerTestScreen = () => {
  const { t } = useTranslation();
  const [scan, setScan] = useState<RecognisedScan | null>(null);
  useEffect(() => {
    const never = (): boolean => false;
    return watchScanner({
      window,
      settings: anySettings,
      onScan: setScan,
      isOurs: never,
      isFor: never,
      isOthers: never,
    });
  }, []);
  return (
    <section className={cards.screen} aria-label={t('scannerTest.title')}>
      <div className={cards.inner}>
        <h1 className={cards.title}>{t('scannerTest.title')}</h1>
        <section className={cards.card} aria-label={t('scannerTest.scanThis')}>
          <h2 className={cards.cardTitle}>{t('scannerTest.scanThis')}</h2>
          <div className={styles.paper}>
            <BarCode
              className={styles.barCode}
              text={testCode}
              label={t('scannerTest.codeLabel', { code: testCode })}
            />
            <span className={styles.code}>{testCode}</span>
          </div>
          <p className={cards.dim}>{t('scannerTest.help')}</p>
        </section>
        <section className={cards.card} aria-label={t('scannerTest.result')}>
          <h2 className={cards.cardTitle}>{t('scannerTest.result')}</h2>
          <div className={styles.result} aria-live="polite">
            {scan === null ? <p>{t('scannerTest.none')}</p> : <Result scan={scan} />}
          </div>
        </section>
        <nav className={cards.actions} aria-label={t('scanner.section')}>
          <a className={buttonStyles.button} href={hrefOf('settings')}>
            <span className={buttonStyles.label}>{t('scannerTest.back')}</span>
          </a>
        </nav>
      </div>
    </section>
  );
};

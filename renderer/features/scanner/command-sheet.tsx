import { useTranslation } from 'react-i18next';
import { useStation } from '../../app-context.ts';
import { hrefOf } from '../../client/route.ts';
import { scanCommands } from '../../stores/scan-answer.ts';
import { BarCode } from '../print/bar-code.tsx';
import { PaperScreen } from '../print/paper-screen.tsx';
import sheet from '../print/sheet.module.css';
import { commandCode } from './command-code.ts';
import styles from './command-sheet.module.css';
import { testCode } from './scan-test.ts';

interface LineProps {
  readonly name: string;
  readonly help: string;
  readonly code: string;
}

const Line = ({ name, help, code }: LineProps) => {
  const { t } = useTranslation();
  return (
    <li className={styles.command}>
      <div className={styles.words}>
        <strong className={styles.name}>{name}</strong>
        <span>{help}</span>
      </div>
      <div className={styles.paper}>
        <BarCode className={styles.barCode} text={code} label={t('commandSheet.code', { code })} />
        <span className={styles.code}>{code}</span>
      </div>
    </li>
  );
};

/** The sheet that hangs beside a scanner: each command as a bar code and in words. */
export const CommandSheet = () => {
  const { t } = useTranslation();
  const station = useStation((state) => state.station?.name ?? '');
  const title = t('commandSheet.title');
  return (
    <PaperScreen title={title} back={{ href: hrefOf('settings'), label: t('commandSheet.back') }}>
      <section className={sheet.sheet} aria-label={title}>
        <header className={styles.head}>
          <h1 className={styles.title}>{title}</h1>
          <span>{station}</span>
        </header>
        <p>{t('commandSheet.help')}</p>
        <ul className={styles.commands}>
          {scanCommands.map((command) => (
            <Line
              key={command}
              name={t(`scanner.command.${command}`)}
              help={t(`commandSheet.says.${command}`)}
              code={commandCode(command)}
            />
          ))}
          <Line name={t('commandSheet.test')} help={t('commandSheet.testHelp')} code={testCode} />
        </ul>
      </section>
    </PaperScreen>
  );
};

import { useTranslation } from 'react-i18next';
import type { StartReport as Report } from '../../../main/contract/station.ts';
import { useStation } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useWords } from '../../ui/use-words.ts';
import { isWorthTelling, reportParts } from './report-lines.ts';
import { ReportPartText } from './report-part.tsx';
import styles from './start-report.module.css';

const longOffSeconds = 2 * 3_600;

/** `Off for 62 h.`; in minutes when it was less than two hours. */
const OffFor = ({ report }: { readonly report: Report }) => {
  const { t } = useTranslation();
  const words = useWords();
  if (report.offSince === null || report.offSeconds === 0) return t('startReport.title');
  return report.offSeconds >= longOffSeconds
    ? t('startReport.offHours', { count: Math.round(report.offSeconds / 3_600) })
    : t('startReport.offMinutes', { time: words.count(Math.max(1, Math.round(report.offSeconds / 60))) });
};

/** What the start found after a pause: what was missed, and that it is here now. It stays until it is put away. */
export const StartReport = () => {
  const { t } = useTranslation();
  const report = useStation((state) => state.station?.startReport ?? null);
  const read = useStation((state) => state.reportRead);
  const putAway = useStation((state) => state.putReportAway);
  if (report === null || report.startedAt === read || !isWorthTelling(report)) return null;
  return (
    <section className={styles.report} aria-label={t('startReport.label')}>
      <MarkShape mark="plain" size={24} />
      <div className={styles.words}>
        <strong>
          <OffFor report={report} />
        </strong>
        <ul>
          {report.connections.map((connection) => (
            <li key={connection.connection}>
              {connection.name}:{' '}
              {reportParts(connection).map((part, index) => (
                <span key={part.kind}>
                  {index > 0 && ', '}
                  <ReportPartText part={part} />
                </span>
              ))}
              {'.'}
            </li>
          ))}
        </ul>
      </div>
      <ActionButton onClick={() => putAway(report.startedAt)}>{t('startReport.putAway')}</ActionButton>
    </section>
  );
};

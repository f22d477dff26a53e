import { useTranslation } from 'react-i18next';
import type { StartReport } from '../../../main/contract/station.ts';
import { useStation } from '../../app-context.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { reportParts } from '../orders/report-lines.ts';
import { ReportPartText } from '../orders/report-part.tsx';
import { Card } from './card.tsx';
import styles from './fact-list.module.css';

/** When the station was started, how long it had been off, and what was made up for. */
export const StartCard = ({ report }: { readonly report: StartReport | null }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const startedAt = useStation((state) => state.station?.startedAt ?? null);
  return (
    <Card title={t('today.start.title')}>
      <ul className={styles.facts}>
        {startedAt !== null && <li>{t('today.start.at', { time: words.moment(startedAt, now) })}</li>}
        {report === null && <li className={styles.dim}>{t('today.start.first')}</li>}
        {report !== null && <li>{t('today.start.off', { time: words.duration(report.offSeconds * 1000) })}</li>}
        {report?.connections.map((connection) => (
          <li key={connection.connection}>
            {connection.name}:{' '}
            {reportParts(connection).map((part, index) => (
              <span key={part.kind}>
                {index > 0 && ', '}
                <ReportPartText part={part} />
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
};

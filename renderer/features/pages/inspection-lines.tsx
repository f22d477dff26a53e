import { useTranslation } from 'react-i18next';
import type { FileView } from '../../../main/contract/files.ts';
import type { InspectionFinding, InspectionView } from '../../../main/contract/inspection.ts';
import { useConnections } from '../../app-context.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import styles from './inspection-lines.module.css';
import { useFindingWords } from './use-finding-words.ts';
import { useMmWords } from './use-mm-words.ts';

const sizeCodes: ReadonlySet<string> = new Set([
  'trimSize',
  'pageSize',
  'orientation',
  'coverTrim',
  'coverSize',
  'pageSizes',
]);

/** What a file is, in one line: what is as it should be, and what no finding speaks of. */
const useSummary = (inspection: InspectionView): string => {
  const { t } = useTranslation();
  const words = useFindingWords();
  const mm = useMmWords();
  const { findings, pages, boxes, trim, bleedMm } = inspection;
  const isToldBy = (isIt: (code: string) => boolean): boolean => findings.some(({ code }) => isIt(code));
  const [first] = boxes;
  return [
    ...(pages === null || isToldBy((code) => code === 'pageCount') ? [] : [t('inspection.pages', { count: pages })]),
    ...(first === undefined || isToldBy((code) => sizeCodes.has(code))
      ? []
      : [
          trim === null
            ? t('inspection.page', { size: mm.size(first) })
            : t('inspection.trim', { size: mm.size(trim) }),
        ]),
    ...(bleedMm === null || bleedMm === 0 || isToldBy((code) => code === 'bleed' || sizeCodes.has(code))
      ? []
      : [t('inspection.bleed', { bleed: mm.number(bleedMm) })]),
    ...findings.filter(({ level }) => level === 'ok').map(words),
  ].join(' · ');
};

/** The platform's own words for the cause that fits a finding; null where there is none. */
const useCauseWords = (connection: string): ((finding: InspectionFinding) => string | null) => {
  const causes = useConnections(
    ({ connections, platforms }) =>
      platforms.find(({ id }) => id === connections.find((known) => known.id === connection)?.platform)?.cancelCauses,
  );
  return ({ suggestedCause }) =>
    suggestedCause === null ? null : (causes?.find(({ code }) => code === suggestedCause)?.text ?? suggestedCause);
};

const Lines = ({ inspection, connection }: { readonly inspection: InspectionView; readonly connection: string }) => {
  const { t } = useTranslation();
  const words = useFindingWords();
  const causeOf = useCauseWords(connection);
  const summary = useSummary(inspection);
  const isChecked = inspection.findings.some(({ level }) => level === 'ok');
  const doubts = inspection.findings.filter(({ level }) => level !== 'ok');
  return (
    <ul className={styles.lines} aria-label={t('inspection.label')}>
      {doubts.map((finding) => {
        const cause = causeOf(finding);
        return (
          <li key={finding.code} data-level={finding.level}>
            <StatusMark mark="attention" size={20} strong={finding.level === 'mismatch'}>
              {words(finding)}
            </StatusMark>
            {cause !== null && finding.level === 'mismatch' && (
              <span className={styles.cause}>{t('inspection.cause', { cause })}</span>
            )}
          </li>
        );
      })}
      {summary !== '' && (
        <li data-level="ok">
          <StatusMark mark={isChecked ? 'done' : 'plain'} size={20}>
            {summary}
          </StatusMark>
        </li>
      )}
    </ul>
  );
};

/** What was found in a file: what speaks against it first, each with the cause to cancel with, if one fits. */
export const InspectionLines = ({ file }: { readonly file: FileView }) =>
  file.inspection === null ? null : <Lines inspection={file.inspection} connection={file.connection} />;

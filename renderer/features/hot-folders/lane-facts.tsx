import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HotFolderView } from '../../../main/contract/hot-folders.ts';
import styles from '../../ui/cards.module.css';
import type { Mark } from '../../ui/marks.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import laneStyles from './lane.module.css';

const outcomeMarks: Readonly<Record<HotFolderView['outcomes'], Mark>> = {
  none: 'plain',
  unknown: 'waiting',
  read: 'done',
  missing: 'attention',
};

/** What the folder accepts, in words: parts, connections, products, page numbers and size. */
const useAccepted = (): ((folder: HotFolderView) => string) => {
  const { t } = useTranslation();
  const words = useWords();
  return ({ accepts: { roles, connections, platforms, products, pages, trim } }) => {
    const parts = [
      ...roles.map((role) => t(`role.${role}`, { defaultValue: role })),
      ...connections,
      ...platforms,
      ...products,
      ...(pages === undefined
        ? []
        : [t('folder.pages', { least: words.count(pages.least), most: words.count(pages.most) })]),
      ...(trim === undefined
        ? []
        : [
            t('folder.trim', {
              width: words.count(trim.widthMm),
              height: words.count(trim.heightMm),
              tolerance: words.count(trim.toleranceMm),
            }),
          ]),
    ];
    return parts.length === 0 ? t('folder.takesAll') : parts.join(', ');
  };
};

const Fact = ({ term, children }: { readonly term: string; readonly children: ReactNode }) => (
  <div className={laneStyles.fact}>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);

/** What a hot folder is, what lies in it as a number, and how fast the RIP usually is. */
export const LaneFacts = ({ folder }: { readonly folder: HotFolderView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const accepted = useAccepted();
  const now = useNow();
  const seconds = (count: number): string => words.duration(count * 1000);
  return (
    <dl className={laneStyles.facts}>
      <Fact term={t('folder.path')}>
        <span className={styles.mono}>{folder.path}</span>
      </Fact>
      <Fact term={t('folder.takes')}>{accepted(folder)}</Fact>
      <Fact term={t('folder.inside')}>
        {t('folder.lying', { count: folder.lying })}
        {folder.oldestLyingSince !== null &&
          ` · ${t('folder.oldest', { time: words.duration(now - Date.parse(folder.oldestLyingSince)) })}`}
        {folder.inside.strangers > 0 && ` · ${t('folder.strangers', { count: folder.inside.strangers })}`}
        {folder.waiting > 0 && ` · ${t('folder.waiting', { count: folder.waiting })}`}
      </Fact>
      <Fact term={t('folder.pickUp')}>
        {folder.usualPickUpSeconds === null
          ? t('folder.notLearned')
          : t('folder.usually', { time: seconds(folder.usualPickUpSeconds) })}
        {` · ${t('folder.alarmAfter', { time: seconds(folder.alarmAfterSeconds) })}`}
      </Fact>
      <Fact term={t('folder.lastPickUp')}>
        {folder.lastPickUpAt === null ? t('folder.noPickUp') : words.moment(folder.lastPickUpAt, now)}
      </Fact>
      <Fact term={t('folder.outcomes')}>
        <StatusMark mark={outcomeMarks[folder.outcomes]} size={20} strong={folder.outcomes === 'missing'}>
          {t(`folder.outcomes_${folder.outcomes}`, { preset: t(`folder.preset_${folder.preset}`) })}
        </StatusMark>
      </Fact>
    </dl>
  );
};

import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeView } from '../../../main/contract/station.ts';
import { useStation } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useCodeWords } from '../../ui/use-code-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './notices-button.module.css';

const noNotices: readonly NoticeView[] = [];
const noticeMarks = { info: 'plain', attention: 'attention', alarm: 'stopped' } as const;

const NoticeLine = ({ notice }: { readonly notice: NoticeView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const { busy, run } = useAction();
  const codeWords = useCodeWords();
  const dismissNotice = useStation((state) => state.dismissNotice);
  return (
    <li className={styles.notice}>
      <MarkShape mark={noticeMarks[notice.level]} size={24} />
      <div className={styles.words}>
        <p>{codeWords.notice(notice.code, notice.detail, notice.text)}</p>
        <p className={styles.time}>{words.moment(notice.at, now)}</p>
      </div>
      <ActionButton busy={busy} onClick={() => void run(() => dismissNotice(notice.id))}>
        {t('notices.dismiss')}
      </ActionButton>
    </li>
  );
};

/** What the station has to tell, behind a bell with a number; it opens only when a person opens it. */
export const NoticesButton = () => {
  const { t } = useTranslation();
  const codeWords = useCodeWords();
  const [open, setOpen] = useState(false);
  const notices = useStation((state) => state.station?.notices ?? noNotices);
  const urgent = notices.some((notice) => notice.level !== 'info');
  const [first] = notices;
  return (
    <>
      <ActionButton
        className={styles.bell ?? ''}
        weight="quiet"
        icon={
          <>
            <IconBell size={24} aria-hidden />
            {urgent && <MarkShape mark="attention" size={18} />}
          </>
        }
        aria-label={t('notices.open', { count: notices.length })}
        onClick={() => setOpen(true)}
      >
        {notices.length > 0 ? notices.length : null}
      </ActionButton>
      <span className={styles.live} aria-live="polite">
        {first === undefined ? '' : codeWords.notice(first.code, first.detail, first.text)}
      </span>
      <Dialog opened={open} onClose={() => setOpen(false)} title={t('notices.title')}>
        {notices.length === 0 ? (
          <p>{t('notices.none')}</p>
        ) : (
          <ul className={styles.list}>
            {notices.map((notice) => (
              <NoticeLine key={notice.id} notice={notice} />
            ))}
          </ul>
        )}
      </Dialog>
    </>
  );
};

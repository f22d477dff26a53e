import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandoverView, HotFolderView, TakenFile } from '../../../main/contract/hot-folders.ts';
import { orderHref } from '../../client/route.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { HandoverLine } from '../../ui/handover-line.tsx';
import type { Mark } from '../../ui/marks.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { HotFolderTargets } from '../order/hot-folder-targets.tsx';
import { MaybeSentQuestion } from '../order/maybe-sent-question.tsx';
import styles from './lane.module.css';

/** Offers all hot folders for a file that did not get through this one. */
const ElsewhereButton = ({ handover }: { readonly handover: HandoverView }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (handover.itemId === null) return null;
  return (
    <>
      <ActionButton onClick={() => setOpen(true)}>{t('target.elsewhere')}</ActionButton>
      <Dialog opened={open} onClose={() => setOpen(false)} title={t('target.title')} wide>
        <HotFolderTargets itemId={handover.itemId} files={[handover.fileId]} onHandedOver={() => setOpen(false)} />
      </Dialog>
    </>
  );
};

const Line = ({ handover }: { readonly handover: HandoverView }) =>
  handover.state === 'maybeSent' ? (
    <li>
      <MaybeSentQuestion handover={handover} />
    </li>
  ) : (
    <HandoverLine handover={handover} showFolder={false}>
      {handover.state === 'problem' && <ElsewhereButton handover={handover} />}
    </HandoverLine>
  );

interface InsideLinesProps {
  readonly folder: HotFolderView;
  readonly handovers: readonly HandoverView[];
}

/** What lies in a hot folder or is on its way, ours with what can be done about it, and the files of others by name. */
export const InsideLines = ({ folder, handovers }: InsideLinesProps) => {
  const { t } = useTranslation();
  const { files, strangers } = folder.inside;
  const others = files.filter((file) => file.handover === null);
  return (
    <>
      {(handovers.length > 0 || others.length > 0) && (
        <ul className={styles.list} aria-label={t('folder.inside')}>
          {handovers.map((handover) => (
            <Line key={handover.id} handover={handover} />
          ))}
          {others.map((file) => (
            <li key={file.name} className={styles.line}>
              <StatusMark mark="plain" size={20}>
                {t('folder.notOurs')}
              </StatusMark>
              <span className={styles.name}>{file.name}</span>
            </li>
          ))}
        </ul>
      )}
      {strangers > others.length && <p>{t('folder.moreStrangers', { count: strangers - others.length })}</p>}
    </>
  );
};

const takenMark = ({ outcome }: TakenFile): Mark => {
  if (outcome === null) return 'onward';
  return outcome === 'accepted' ? 'done' : 'attention';
};

/** The last files that the RIP took, and what it made of them. */
export const TakenLines = ({ taken }: { readonly taken: readonly TakenFile[] }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  if (taken.length === 0) return null;
  const word = ({ outcome, outcomeAt, pickedUpAt }: TakenFile): string =>
    outcome === null
      ? t('handoverState.pickedUp', { time: words.moment(pickedUpAt, now) })
      : t(`handoverOutcome.${outcome}`, { time: words.moment(outcomeAt ?? pickedUpAt, now) });
  return (
    <>
      <h3 className={styles.listTitle}>{t('folder.taken')}</h3>
      <ul className={styles.list} aria-label={t('folder.taken')}>
        {taken.map((file) => (
          <li key={file.handover} className={styles.line}>
            <StatusMark mark={takenMark(file)} size={20} strong={file.outcome === 'failed'}>
              {word(file)}
            </StatusMark>
            <span className={styles.name}>
              {file.name}
              {file.laySeconds !== null && ` · ${t('folder.lay', { time: words.duration(file.laySeconds * 1000) })}`}{' '}
              {file.orderId !== null && (
                <a className={styles.order} href={orderHref(file.orderId)}>
                  {file.order}
                  {file.itemNumber !== null && t('handover.item', { number: file.itemNumber })}
                </a>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
};

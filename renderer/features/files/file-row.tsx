import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFiles, useWire } from '../../app-context.ts';
import { orderHref } from '../../client/route.ts';
import buttonStyles from '../../ui/action-button.module.css';
import { ActionButton } from '../../ui/action-button.tsx';
import { FileRole } from '../../ui/file-role.tsx';
import { FileStatus } from '../../ui/file-status.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useCodeWords } from '../../ui/use-code-words.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './file-row.module.css';

export const fileRowHeightPx = 96;

/** One file: whose it is, how far it came, what is wrong, and what can be done about it. */
export const FileRow = ({ id }: { readonly id: number }) => {
  const { t } = useTranslation();
  const words = useWords();
  const codeWords = useCodeWords();
  const wire = useWire();
  const file = useFiles((state) => state.list.rows[id]);
  const retry = useFiles((state) => state.retry);
  const { busy, run } = useAction();
  if (file === undefined) return null;
  const url = file.state === 'ready' ? (wire.fileUrl?.(file.id) ?? null) : null;
  const advice = file.state === 'problem' ? codeWords.advice(file.problemCode) : null;
  return (
    <div className={styles.row}>
      <span className={styles.whose}>
        <a className={styles.order} href={orderHref(file.orderId)}>
          {file.orderExternalId}
        </a>
        <span className={styles.role}>
          <FileRole role={file.role} />
        </span>
      </span>
      <span className={styles.name}>
        <span className={styles.fileName} title={file.name}>
          {file.name}
        </span>
        <span className={styles.dim}>
          {words.bytes(file.state === 'ready' ? file.bytes : (file.expectedBytes ?? file.bytes))}
        </span>
      </span>
      <span className={styles.status}>
        <FileStatus file={file} />
        {advice !== null && <span className={styles.advice}>{advice}</span>}
      </span>
      <span className={styles.actions}>
        {(file.state === 'problem' || file.state === 'waiting') && (
          <ActionButton
            busy={busy}
            onClick={() => void run(() => retry(file.id), t('file.retried', { name: file.name }))}
          >
            {t('file.retry')}
          </ActionButton>
        )}
        {url !== null && (
          <a className={buttonStyles.button} href={url} download={file.name}>
            <IconDownload size={22} aria-hidden />
            <span className={buttonStyles.label}>{t('file.download')}</span>
          </a>
        )}
      </span>
    </div>
  );
};

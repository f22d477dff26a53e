import type { FileView } from '../../../main/contract/files.ts';
import { FileRole } from '../../ui/file-role.tsx';
import { hasPages } from '../pages/page-file.ts';
import { useFileFacts } from '../pages/use-file-facts.ts';
import { usePicture } from '../pages/use-picture.ts';
import styles from './job-ticket.module.css';
import { ticketPicturePx } from './ticket-pictures.ts';

/** A file on the ticket: page one, what part it is, and its measures. */
export const TicketFile = ({ file }: { readonly file: FileView }) => {
  const picture = usePicture(file, ticketPicturePx, hasPages(file));
  const facts = useFileFacts(file);
  return (
    <li className={styles.file}>
      <span className={styles.frame}>
        {picture?.kind === 'ready' && <img className={styles.picture} src={picture.url} alt="" />}
      </span>
      <span className={styles.role}>
        <FileRole role={file.role} />
      </span>
      <span>{facts}</span>
      <span className={styles.fileName}>{file.name}</span>
    </li>
  );
};

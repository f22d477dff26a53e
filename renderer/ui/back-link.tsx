import { IconArrowLeft } from '@tabler/icons-react';
import buttonStyles from './action-button.module.css';

interface BackLinkProps {
  readonly href: string;
  /** Where it leads, in words. */
  readonly label: string;
}

/** The arrow at the head of a screen that leads to the one before it. */
export const BackLink = ({ href, label }: BackLinkProps) => (
  <a className={buttonStyles.button} data-weight="quiet" href={href} aria-label={label} title={label}>
    <IconArrowLeft size={28} aria-hidden />
  </a>
);

import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFeedback } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import styles from './feedback-stack.module.css';

/** Short answers to what the person did, at the lower edge; they cover no row's actions for long and take no focus. */
export const FeedbackStack = () => {
  const { t } = useTranslation();
  const messages = useFeedback((state) => state.messages);
  const dismiss = useFeedback((state) => state.dismiss);
  return (
    <ul className={styles.stack} aria-live="polite" aria-label={t('feedback.label')}>
      {messages.map((message) => (
        <li key={message.id} className={styles.message}>
          <MarkShape mark={message.tone === 'done' ? 'done' : 'attention'} size={24} />
          <span className={styles.text}>{message.text}</span>
          <ActionButton
            weight="quiet"
            aria-label={t('feedback.dismiss')}
            icon={<IconX size={22} aria-hidden />}
            onClick={() => dismiss(message.id)}
          />
        </li>
      ))}
    </ul>
  );
};

import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFeedback } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';

/** Dragging needs a steady hand: with the path, a RIP's own dialog takes the file in two taps. */
export const CopyPathButton = ({ path }: { readonly path: string }) => {
  const { t } = useTranslation();
  const say = useFeedback((state) => state.say);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(path);
      say('done', t('file.pathCopied', { path }));
    } catch {
      say('done', t('file.pathIs', { path }));
    }
  };
  return (
    <ActionButton icon={<IconCopy size={22} aria-hidden />} onClick={() => void copy()}>
      {t('file.copyPath')}
    </ActionButton>
  );
};

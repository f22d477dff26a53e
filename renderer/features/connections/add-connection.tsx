import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { usePlatform } from '../../ui/use-platform.ts';
import { ConnectionDialog } from './connection-dialog.tsx';
import { PlatformPicker } from './platform-picker.tsx';

/** Adds a connection: first at which platform, then its fields. */
export const AddConnection = () => {
  const { t } = useTranslation();
  const [picking, setPicking] = useState(false);
  const [chosen, setChosen] = useState('');
  const platform = usePlatform(chosen);
  return (
    <>
      <ActionButton size="main" onClick={() => setPicking(true)}>
        {t('connectionForm.addAny')}
      </ActionButton>
      <Dialog opened={picking} onClose={() => setPicking(false)} title={t('connectionForm.platform')}>
        <PlatformPicker
          onChoose={(id) => {
            setPicking(false);
            setChosen(id);
          }}
        />
      </Dialog>
      {platform !== undefined && (
        <ConnectionDialog platform={platform} connection={null} onClose={() => setChosen('')} />
      )}
    </>
  );
};

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnections } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ProduceDialog } from './produce-dialog.tsx';

/** Only where a connection's platform takes work from here. */
export const ProduceButton = ({ className }: { readonly className?: string | undefined }) => {
  const { t } = useTranslation();
  const connections = useConnections((state) => state.connections);
  const platforms = useConnections((state) => state.platforms);
  const [open, setOpen] = useState(false);
  const producing = connections.filter((connection) =>
    platforms.some((platform) => platform.id === connection.platform && platform.produces),
  );
  if (producing.length === 0) return null;
  return (
    <>
      <ActionButton className={className ?? ''} onClick={() => setOpen(true)}>
        {t('produce.button')}
      </ActionButton>
      {open && <ProduceDialog connections={producing} onClose={() => setOpen(false)} />}
    </>
  );
};

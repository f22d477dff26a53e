import { TextInput } from '@mantine/core';
import { IconBookmark, IconBookmarkOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOrders, useSavedFilters } from '../../app-context.ts';
import { initialOrdersFilter } from '../../stores/orders-filter.ts';
import { filterOf, isShown, mostSavedFilters } from '../../stores/saved-filters.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';

const SaveDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const shown = useOrders((state) => state.filter);
  const filters = useSavedFilters((state) => state.filters);
  const save = useSavedFilters((state) => state.save);
  const [name, setName] = useState('');
  const wanted = name.trim();
  const isKnown = filters.some((filter) => filter.name === wanted);
  const isFull = filters.length >= mostSavedFilters && !isKnown;
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t('filters.title')}
      submitText={t(isKnown ? 'filters.replace' : 'filters.submit')}
      busy={false}
      complete={wanted !== '' && !isFull}
      {...(isFull ? { missing: t('filters.full', { count: mostSavedFilters }) } : {})}
      onSubmit={() => {
        save(wanted, shown);
        onClose();
      }}
    >
      <TextInput
        data-autofocus
        required
        label={t('filters.name')}
        description={t('filters.help')}
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </DialogForm>
  );
};

/** The filters that were saved at this screen, each a tap away, and the present one to save or to forget. */
export const SavedFilters = ({ className }: { readonly className: string }) => {
  const { t } = useTranslation();
  const shown = useOrders((state) => state.filter);
  const setFilter = useOrders((state) => state.setFilter);
  const filters = useSavedFilters((state) => state.filters);
  const forget = useSavedFilters((state) => state.forget);
  const [saving, setSaving] = useState(false);
  const active = filters.find((filter) => isShown(filter, shown));
  const isUsual = isShown({ name: '-', filter: initialOrdersFilter }, shown);
  return (
    <>
      {filters.map((filter) => (
        <ActionButton
          key={filter.name}
          className={className}
          pressed={filter === active}
          onClick={() => setFilter(filter === active ? initialOrdersFilter : filterOf(filter))}
        >
          {filter.name}
        </ActionButton>
      ))}
      {active !== undefined && (
        <ActionButton
          className={className}
          weight="quiet"
          icon={<IconBookmarkOff size={22} aria-hidden />}
          onClick={() => forget(active.name)}
        >
          {t('filters.forget')}
        </ActionButton>
      )}
      {active === undefined && !isUsual && shown.selection === null && (
        <ActionButton
          className={className}
          weight="quiet"
          icon={<IconBookmark size={22} aria-hidden />}
          onClick={() => setSaving(true)}
        >
          {t('filters.save')}
        </ActionButton>
      )}
      {saving && <SaveDialog onClose={() => setSaving(false)} />}
    </>
  );
};

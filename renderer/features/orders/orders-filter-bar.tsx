import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type Ref, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Lane, lane, type Stage, stages } from '../../../main/contract/values.ts';
import { useConnections, useOrders, useStation } from '../../app-context.ts';
import { goTo, orderHref } from '../../client/route.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import { ProduceButton } from '../produce/produce-button.tsx';
import { SelectionChip } from '../today/selection-chip.tsx';
import styles from './orders-filter-bar.module.css';
import { SavedFilters } from './saved-filters.tsx';

const searchPauseMs = 200;

const SearchField = ({ ref }: { readonly ref: Ref<HTMLInputElement> }) => {
  const { t } = useTranslation();
  const search = useOrders((state) => state.filter.search);
  const taken = useOrders((state) => state.takenFor === state.filter);
  const setFilter = useOrders((state) => state.setFilter);
  const ids = useOrders((state) => state.list.ids);
  const [text, setText] = useState(search);
  const [scanned, setScanned] = useState(false);
  /** What this field asked for last. */
  const applied = useRef(search);
  const apply = useDebouncedCallback(
    (next: string) => {
      if (next === applied.current) return;
      applied.current = next;
      setFilter({ search: next });
    },
    // Whoever types and leaves the screen at once finds the search on coming back.
    { delay: searchPauseMs, flushOnUnmount: true },
  );
  const { cancel } = apply;
  // A saved filter, or Escape, may have changed the search meanwhile.
  useEffect(() => {
    if (search === applied.current) return;
    applied.current = search;
    cancel();
    setText(search);
  }, [search, cancel]);
  const settled = text === search && taken;
  const only = ids.length === 1 ? ids[0] : undefined;
  // A scanner types the code and ends with Enter: when it names one order, that order opens.
  useEffect(() => {
    if (!scanned || !settled) return;
    setScanned(false);
    if (text.trim() !== '' && only !== undefined) goTo(orderHref(only));
  }, [scanned, settled, only, text]);
  return (
    <search className={styles.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setScanned(true);
        }}
      >
        <TextInput
          ref={ref}
          aria-label={t('orders.search')}
          aria-keyshortcuts="/"
          placeholder={t('orders.search')}
          leftSection={<IconSearch size={22} aria-hidden />}
          leftSectionWidth={44}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setScanned(false);
            apply(event.currentTarget.value);
          }}
        />
      </form>
    </search>
  );
};

/** Search and filters of the Orders list. */
export const OrdersFilterBar = ({ searchRef }: { readonly searchRef: Ref<HTMLInputElement> }) => {
  const { t } = useTranslation();
  const filter = useOrders((state) => state.filter);
  const setFilter = useOrders((state) => state.setFilter);
  const connections = useConnections((state) => state.connections);
  const problemOrders = useStation((state) => state.station?.counts.problemOrders ?? 0);
  return (
    <div className={styles.bar}>
      <SelectionChip className={styles.toggle} />
      <SearchField ref={searchRef} />
      <Select
        className={styles.select}
        aria-label={t('orders.stageFilter')}
        placeholder={t('orders.anyStage')}
        clearable
        data={stages.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
        value={filter.stage}
        onChange={(value) => setFilter({ stage: stages.find((stage): stage is Stage => stage === value) ?? null })}
      />
      <Select
        className={styles.select}
        aria-label={t('orders.connectionFilter')}
        placeholder={t('orders.anyConnection')}
        clearable
        data={connections.map((connection) => ({ value: connection.id, label: connection.name }))}
        value={filter.connection}
        onChange={(value) => setFilter({ connection: value })}
      />
      <Select
        className={styles.select}
        aria-label={t('lane.filter')}
        placeholder={t('lane.any')}
        clearable
        data={lane.options.map((one) => ({ value: one, label: t(`lane.${one}`) }))}
        value={filter.lane}
        onChange={(value) => setFilter({ lane: lane.options.find((one): one is Lane => one === value) ?? null })}
      />
      <ActionButton
        className={styles.toggle ?? ''}
        pressed={filter.openOnly}
        onClick={() => setFilter({ openOnly: !filter.openOnly })}
      >
        {t('orders.openOnly')}
      </ActionButton>
      <ActionButton
        className={styles.toggle ?? ''}
        pressed={filter.problemsOnly}
        icon={<MarkShape mark={problemOrders > 0 ? 'attention' : 'plain'} size={20} />}
        onClick={() => setFilter({ problemsOnly: !filter.problemsOnly })}
      >
        {t('orders.problemsOnly', { count: problemOrders })}
      </ActionButton>
      <SavedFilters className={styles.toggle ?? ''} />
      <ProduceButton className={styles.toggle} />
    </div>
  );
};

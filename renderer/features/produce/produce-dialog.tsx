import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../../main/contract/connections.ts';
import { useFeedback, useJobs, useOrders } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { usePlatformName } from '../../ui/use-platform.ts';
import { FileDrop } from './file-drop.tsx';
import styles from './produce.module.css';
import { isSendable, orderCountOf, type ReadList, readProduceList, toProduceLines } from './produce-lines.ts';
import { ProducePreview } from './produce-preview.tsx';
import { useFieldReader } from './use-field-reader.ts';

interface ProduceDialogProps {
  /** Those whose platform produces; at least one. */
  readonly connections: readonly ConnectionView[];
  readonly onClose: () => void;
}

const nothing: ReadList = { lines: [], fault: null };

/** What will be asked for and billed, or why nothing can be. */
const Sum = ({ list, connection }: { readonly list: ReadList; readonly connection: ConnectionView }) => {
  const { t } = useTranslation();
  const platform = usePlatformName(connection.platform);
  const faulty = list.lines.filter((line) => line.faults.length > 0).length;
  if (list.fault?.kind === 'quote') {
    return <StatusMark mark="attention">{t('produce.quote', { line: list.fault.line })}</StatusMark>;
  }
  if (list.fault?.kind === 'tooMany') {
    return <StatusMark mark="attention">{t('produce.tooMany', { most: list.fault.most })}</StatusMark>;
  }
  if (faulty > 0) return <StatusMark mark="attention">{t('produce.faulty', { count: faulty })}</StatusMark>;
  if (list.lines.length === 0) return null;
  return (
    <StatusMark mark="plain" strong>
      {t('produce.billed', { count: list.lines.length, platform, name: connection.name })}{' '}
      {t('produce.forOrders', { count: orderCountOf(list) })}
    </StatusMark>
  );
};

/** Has lines made at a platform that bills each of them: nothing is sent while a line is wrong, and nothing twice unasked. */
export const ProduceDialog = ({ connections, onClose }: ProduceDialogProps) => {
  const { t } = useTranslation();
  const produce = useJobs((state) => state.produce);
  const showNew = useOrders((state) => state.showNew);
  const say = useFeedback((state) => state.say);
  const { busy, run } = useAction();
  const { read, failed } = useFieldReader();
  const [chosen, setChosen] = useState(connections[0]?.id ?? null);
  const [text, setText] = useState('');
  const [fileName, setFileName] = useState<string | null>(null);
  const [order, setOrder] = useState('');
  const [copies, setCopies] = useState(1);
  /** The station's words when an order already has one of the lines; any change of the list takes them back. */
  const [conflict, setConflict] = useState<string | null>(null);
  const list = useMemo(
    () => (read === null ? nothing : readProduceList(read, text, { order, copies })),
    [read, text, order, copies],
  );
  const connection = connections.find((known) => known.id === chosen);
  const change = (apply: () => void): void => {
    setConflict(null);
    apply();
  };
  const send = async (again: boolean): Promise<void> => {
    if (connection === undefined) return;
    const lines = toProduceLines(list);
    const done = await run(
      async () => {
        const outcome = await produce({ connection: connection.id, lines, again });
        if (outcome.kind === 'failed' && outcome.error.code === 'conflict') setConflict(outcome.error.message);
        return outcome;
      },
      ({ orders }) =>
        t('produce.done', { count: lines.length, orders: orders.map((made) => made.externalId).join(', ') }),
    );
    if (!done) return;
    showNew();
    onClose();
  };
  return (
    <DialogForm
      opened
      wide
      onClose={onClose}
      title={t('produce.dialog')}
      submitText={t('produce.submit', { count: list.lines.length })}
      busy={busy}
      complete={connection !== undefined && isSendable(list) && conflict === null}
      missing={t(conflict === null ? 'produce.missing' : 'produce.answerFirst')}
      onSubmit={() => void send(false)}
    >
      <div className={styles.defaults}>
        <Select
          required
          allowDeselect={false}
          label={t('produce.connection')}
          data={connections.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={(value) => change(() => setChosen(value))}
        />
        <TextInput
          label={t('produce.orderForAll')}
          description={t('produce.orderForAllHelp')}
          maxLength={100}
          value={order}
          onChange={(event) => {
            const { value } = event.currentTarget;
            change(() => setOrder(value));
          }}
        />
        <NumberInput
          label={t('produce.copiesForAll')}
          description={t('produce.copiesForAllHelp')}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          value={copies}
          onChange={(value) => change(() => setCopies(typeof value === 'number' ? value : 1))}
        />
      </div>
      <Textarea
        data-autofocus
        required
        autosize
        minRows={4}
        maxRows={8}
        label={t('produce.lines')}
        description={t('produce.linesHelp')}
        value={text}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change(() => {
            setText(value);
            setFileName(null);
          });
        }}
      />
      <FileDrop
        onText={(content, name) =>
          change(() => {
            setText(content);
            setFileName(name);
          })
        }
        onRefused={(reason) => say('failed', t(`produce.file_${reason}`))}
      />
      {fileName !== null && <p>{t('produce.fromFile', { name: fileName })}</p>}
      {failed && <StatusMark mark="attention">{t('produce.readerFailed')}</StatusMark>}
      {list.lines.length > 0 && <ProducePreview list={list} />}
      <div role="status">{connection !== undefined && <Sum list={list} connection={connection} />}</div>
      {conflict !== null && (
        <div className={styles.conflict} role="alert">
          <StatusMark mark="attention" strong>
            {conflict}
          </StatusMark>
          <p>{t('produce.againText', { count: list.lines.length })}</p>
          <div>
            <ActionButton size="main" busy={busy} onClick={() => void send(true)}>
              {t('produce.submitAgain', { count: list.lines.length })}
            </ActionButton>
          </div>
        </div>
      )}
    </DialogForm>
  );
};

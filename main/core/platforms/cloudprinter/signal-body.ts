import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import { type SignalKind, signalKind } from '../../../contract/values.ts';
import type { OutgoingMessage } from '../platform.ts';
import type { CloudprinterSettings, SignalFieldNames } from './settings.ts';

/** Cloudprinter's names of the signals (CloudSignal API 2.0, integration guide). */
export const signalNames: Readonly<Record<SignalKind, string>> = {
  registered: 'ItemRegistered',
  started: 'ItemProduce',
  produced: 'ItemProduced',
  packed: 'ItemPacked',
  shipped: 'ItemShipped',
  error: 'ItemError',
  cancel: 'ItemCanceled',
};

export type SignalBody =
  | { readonly kind: 'body'; readonly json: string }
  | { readonly kind: 'incomplete'; readonly message: string };

/** A signal's own fields: the name in the body, and the value's name in the outbox. All of them are required. */
const ownFields = (kind: SignalKind, names: SignalFieldNames): readonly (readonly [string, string])[] => {
  switch (kind) {
    case 'shipped':
      return [
        [names.tracking, 'tracking'],
        [names.shippingOption, 'shippingOption'],
      ];
    case 'error':
      return [
        [names.errorText, 'text'],
        [names.delay, 'delayHours'],
      ];
    case 'cancel':
      return [
        [names.cancelCause, 'cause'],
        [names.cancelText, 'text'],
      ];
    case 'registered':
    case 'started':
    case 'produced':
    case 'packed':
      return [];
  }
};

const dateText = (atMs: number, form: CloudprinterSettings['dateForm']): string => {
  const iso = new Date(atMs).toISOString();
  return form === 'iso' ? iso : `${iso.slice(0, 19).replace('T', ' ')} GMT`;
};

/** The JSON of a signal. Every value is a text, as in the published examples; nothing else of the payload is sent. */
export const signalBody = (signal: OutgoingMessage, signalKey: string, settings: CloudprinterSettings): SignalBody => {
  const kind = signalKind.parse(signal.kind);
  const own = ownFields(kind, settings.fieldNames).map(
    ([field, name]) => [field, name, String(signal.payload[name] ?? '').trim()] as const,
  );
  const missing = own.find(([, , value]) => value === '')?.[1];
  if (missing !== undefined) {
    return { kind: 'incomplete', message: stationLine('valueNeeded', { signal: signalNames[kind], field: missing }) };
  }
  const body = {
    apikey: signalKey,
    type: signalNames[kind],
    order: signal.orderExternalId,
    item: signal.itemExternalId,
    ...Object.fromEntries(own.map(([field, , value]) => [field, value])),
    datetime: dateText(signal.happenedAtMs, settings.dateForm),
  };
  return { kind: 'body', json: JSON.stringify(body) };
};

import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { OutgoingMessage } from '../platform.ts';
import { withOwnMark } from './order-meta-data.ts';
import type { PrintessSettings } from './settings.ts';

/**
 * What a shop may give for a line beside template and copies, and how it is kept: the fields of /production/produce
 * that are no matter of the station's. `json` is nested, or a switch.
 */
export const passedFields: Readonly<Record<string, 'text' | 'number' | 'json'>> = {
  outputType: 'text',
  outputSettings: 'json',
  outputFiles: 'json',
  mergeTemplates: 'json',
  vdp: 'json',
  orderMetaData: 'text',
  meta: 'text',
  productType: 'text',
  contentTemplateName: 'text',
  printSettingsTemplate: 'text',
  distributorName: 'text',
  atomyxProfile: 'text',
  failureRepeats: 'number',
  usePublishedVersion: 'json',
  combinePdfsIntoOne: 'json',
  autoMerge: 'json',
};

export type ProduceBody =
  | { readonly kind: 'body'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'incomplete'; readonly message: string };

type Payload = OutgoingMessage['payload'];

type Decoded = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'broken' };

const decoded = (form: 'text' | 'number' | 'json', value: string | number): Decoded => {
  if (form === 'text') return { kind: 'value', value: String(value) };
  if (form === 'number') {
    const number = Number(value);
    return Number.isFinite(number) ? { kind: 'value', value: number } : { kind: 'broken' };
  }
  try {
    return { kind: 'value', value: JSON.parse(String(value)) };
  } catch {
    return { kind: 'broken' };
  }
};

/** The template's name or save token of a produce command. */
export const templateIn = (payload: Payload): string => String(payload.template ?? '').trim();

/** When the command was given, as its job carries it: with the line, it tells this job from every other. */
export const requestedAt = (message: OutgoingMessage): string => new Date(message.happenedAtMs).toISOString();

/** How a file is made, unless the line or a set of print settings at Printess says it. */
const outputDefaults = (settings: PrintessSettings, payload: Payload): Readonly<Record<string, unknown>> => {
  const shared = { outputType: settings.outputType, usePublishedVersion: settings.usePublishedVersion };
  const own = { dpi: settings.dpi, jpegCompression: settings.jpegCompression };
  if (payload.printSettingsTemplate !== undefined || payload.outputSettings !== undefined) return shared;
  return settings.printSettingsTemplate === ''
    ? { ...shared, outputSettings: own }
    : { ...shared, printSettingsTemplate: settings.printSettingsTemplate };
};

/** The body of /production/produce (Printess Public API v1). Empty texts are left out. */
export const produceBody = (message: OutgoingMessage, settings: PrintessSettings): ProduceBody => {
  const { payload } = message;
  const templateName = templateIn(payload);
  if (templateName === '') return { kind: 'incomplete', message: stationLine('templateNeeded') };
  const passed: Record<string, unknown> = {};
  for (const [name, form] of Object.entries(passedFields)) {
    const given = payload[name];
    if (given === undefined || given === '') continue;
    const field = decoded(form, given);
    if (field.kind === 'broken')
      return { kind: 'incomplete', message: stationLine('fieldUnreadable', { field: name }) };
    passed[name] = field.value;
  }
  const copies = Number(payload.copies ?? 1);
  const mark = { line: message.itemExternalId, requestedAt: requestedAt(message) };
  return {
    kind: 'body',
    body: {
      templateName,
      origin: settings.origin,
      externalOrderId: message.orderExternalId,
      copies: Number.isInteger(copies) && copies >= 1 ? copies : 1,
      ...outputDefaults(settings, payload),
      ...passed,
      orderMetaData: withOwnMark(String(payload.orderMetaData ?? ''), mark),
      ...(message.callbackUrl === null ? {} : { callbackUrl: message.callbackUrl }),
    },
  };
};

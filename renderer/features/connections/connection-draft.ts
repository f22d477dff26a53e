import type { ConnectionView, PlatformView } from '../../../main/contract/connections.ts';
import type { ConnectionDraft, FieldValue } from '../../stores/connections-store.ts';

/** What a connection's form asks for: the platform's fields, secrets last in the order they are given. */
export type PlatformField = PlatformView['fields'][number];

/** A new connection with the platform's own defaults, or an existing one as it is. */
export const draftOfConnection = (platform: PlatformView, connection: ConnectionView | null): ConnectionDraft => {
  const defaults = platform.fields.flatMap((field): [string, FieldValue][] =>
    field.type === 'secret' || field.default === null ? [] : [[field.name, field.default]],
  );
  return {
    id: connection?.id ?? '',
    platform: platform.id,
    settings: { ...Object.fromEntries(defaults), ...connection?.settings },
    secrets: {},
  };
};

/** A list is typed with commas. */
export const textOfValue = (value: FieldValue | undefined): string => {
  if (value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
};

/** The draft with one field changed; undefined leaves the field to the platform's default. */
export const withSetting = (draft: ConnectionDraft, name: string, value: FieldValue | undefined): ConnectionDraft => {
  const { [name]: _before, ...others } = draft.settings;
  return { ...draft, settings: value === undefined ? others : { ...others, [name]: value } };
};

const usualIds: Readonly<Record<string, string>> = { cloudprinter: 'cp', customerscanvas: 'canvas' };

/** A short name that no connection has yet; a person rarely has to change it. */
export const freeConnectionId = (platform: string, taken: readonly string[]): string => {
  const usual = usualIds[platform] ?? platform;
  const candidates = [usual, ...taken.map((_, index) => `${usual}-${index + 2}`)];
  return candidates.find((id) => !taken.includes(id)) ?? usual;
};

export const isConnectionId = (text: string): boolean => /^[a-z0-9][a-z0-9_-]{0,63}$/.test(text);

/** Whether everything that the platform needs is typed, or stored already. */
export const isConnectionComplete = (
  draft: ConnectionDraft,
  platform: PlatformView,
  connection: ConnectionView | null,
): boolean => {
  if (!isConnectionId(draft.id)) return false;
  return platform.fields
    .filter((field) => field.required)
    .every((field) => {
      if (field.type === 'secret') {
        const stored = connection?.secrets[field.name];
        return (draft.secrets[field.name] ?? '') !== '' || stored === 'stored' || stored === 'fromConfig';
      }
      const value = draft.settings[field.name];
      return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
    });
};

const settledValue = (value: FieldValue): FieldValue => {
  if (Array.isArray(value)) return value.filter((part) => part !== '');
  return typeof value === 'string' ? value.trim() : value;
};

/** What is sent to the station: an empty text means the field is not set, an untyped secret stays as it is. */
export const settledDraft = (draft: ConnectionDraft): ConnectionDraft => ({
  ...draft,
  settings: Object.fromEntries(
    Object.entries(draft.settings)
      .map(([name, value]) => [name, settledValue(value)] as const)
      .filter(([, value]) => value !== ''),
  ),
  secrets: Object.fromEntries(
    Object.entries(draft.secrets)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  ),
});

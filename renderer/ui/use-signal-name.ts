import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxView } from '../../main/contract/outbox.ts';
import { type CommandKind, commandKinds, type OutboxKind } from '../../main/contract/values.ts';

const commands: ReadonlySet<OutboxKind> = new Set<CommandKind>(commandKinds);

/** A command changes something at the platform; a signal only tells it of an item. */
export const isCommand = (signal: Pick<OutboxView, 'kind'>): boolean => commands.has(signal.kind);

/** A signal is called what its platform calls it; a command, whose platform has only an address for it, what it does. */
export const useSignalName = (): ((signal: Pick<OutboxView, 'kind' | 'platformName'>) => string) => {
  const { t } = useTranslation();
  return useCallback((signal) => (isCommand(signal) ? t(`signal.${signal.kind}`) : signal.platformName), [t]);
};

import type { Handlers } from '../../contract/contract.ts';
import { ContractError } from '../../contract/failure.ts';
import { recoveredCode } from '../publish/station-notices.ts';
import { markRecoverySeen } from '../recovery/recovery-note.ts';
import { writeSupportBundle } from '../recovery/support-bundle.ts';
import { writeBackup } from '../recovery/write-backup.ts';
import type { StationParts } from './station-parts.ts';

export const createStationHandlers = (parts: StationParts): Handlers['station'] => ({
  get: async () => ({ ...parts.snapshotMark(), station: await parts.stationView() }),
  settings: async () => ({ settings: parts.settings.current, lockedByConfig: parts.settings.locked }),
  saveSettings: async ({ settings }) => {
    await parts.settings.save(settings);
    await parts.applySettings();
    return { settings: parts.settings.current };
  },
  backup: ({ path }) => writeBackup(parts.store, path),
  supportBundle: ({ path }) => writeSupportBundle(parts, path),
  dismissNotice: async ({ id }) => {
    const notice = parts.notices.list().find((one) => one.id === id);
    if (!parts.notices.dismiss(id)) throw new ContractError('notFound', 'this notice is over already');
    // It would come again with each start.
    if (notice?.code === recoveredCode) await parts.store.write(markRecoverySeen);
    return {};
  },
});

import type { WebContents } from 'electron';
import '../../../preload/index.ts';
import { createClient } from '../../../main/contract/client.ts';
import { silentLogger } from '../../../main/core/ports/logger.ts';
import { acceptWires } from '../../../main/hosts/electron/ipc-wire.ts';
import { desktopWire } from '../../../renderer/client/desktop-wire.ts';
import { FakeWindow } from './fake-ipc.ts';
import type { OpenWire } from './opened-wire.ts';

/** The real preload and the real ends of the desktop wire over a fake IPC. */
export const openElectronWire: OpenWire = async (accept) => {
  const window = new FakeWindow();
  acceptWires(window.contents as unknown as WebContents, accept, silentLogger);
  const wire = desktopWire(window.bridge());
  const end = (): void => {
    window.contents.destroy();
    wire.close();
  };
  return { ...createClient(wire), wire, end, dispose: async () => end() };
};

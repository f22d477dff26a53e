import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { createClient } from '../../../../main/contract/client.ts';
import { systemClock } from '../../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { startLoopbackHost } from '../../../../main/hosts/loopback/loopback-host.ts';
import { createWebSocketWire } from '../../../../main/hosts/loopback/web-socket-wire.ts';
import { noTraining } from '../../../support/no-training.ts';
import { createStaffedStation } from '../../../support/staffed-station.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

test('a download carries the initials of who is signed in at its screen, and without any it is refused', async () => {
  const station = await createStaffedStation();
  const path = join(await temporaryFolder(), 'cover.pdf');
  await writeFile(path, 'a cover');
  station.readyFiles.set(21, { path, name: 'cover.pdf', bytes: 7 });
  const host = await startLoopbackHost({
    station,
    training: noTraining,
    version: '1',
    port: 0,
    rendererFolder: null,
    clock: systemClock,
    logger: silentLogger,
  });
  onTestFinished(() => host.stop());
  const socket = new WebSocket(`${host.url.replace('http', 'ws')}/contract?token=${host.token}`);
  onTestFinished(() => socket.terminate());
  await new Promise((resolve) => socket.once('open', resolve));
  const { client, closed } = createClient(createWebSocketWire(socket));
  const download = (session: string): Promise<Response> =>
    fetch(`${host.url}/files/21?token=${host.token}&session=${session}`);

  const unsigned = await download('');
  expect([unsigned.status, await unsigned.text()]).toEqual([403, 'nobody is signed in: sign in first\n']);
  const outcome = await client.people.signIn({ person: station.ids[1], pin: '2222' });
  const session = outcome.kind === 'signedIn' ? outcome.session : '';
  expect(await (await download(session)).text()).toBe('a cover');
  await expect.poll(() => station.draggedOut).toEqual([{ fileIds: [21], by: 'OP' }]);

  // Once its screen is gone the session opens nothing.
  socket.close();
  await closed;
  await expect.poll(async () => (await download(session)).status).toBe(403);
});

import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../../main/contract/failure.ts';
import { SettingsBook } from '../../../../main/core/config/station-settings.ts';
import { BudgetBook } from '../../../../main/core/connections/budget-book.ts';
import { ConnectionDirectory } from '../../../../main/core/connections/connection-directory.ts';
import { declareConnections } from '../../../../main/core/connections/declare-connections.ts';
import { openChannels } from '../../../../main/core/connections/open-channels.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { signalItem } from '../../../../main/core/orders/signal-item.ts';
import { type BundleParts, writeSupportBundle } from '../../../../main/core/recovery/support-bundle.ts';
import { writeBackup } from '../../../../main/core/recovery/write-backup.ts';
import { ConnectionSecrets } from '../../../../main/core/secrets/connection-secrets.ts';
import { Vault } from '../../../../main/core/secrets/vault.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { stationCounts } from '../../../../main/core/views/station-view.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { fakeKeyWrap } from '../../../support/fake-key-wrap.ts';
import { createFakePlatform } from '../../../support/fake-platform.ts';
import { sampleFile, sampleItem, sampleOrder } from '../../../support/sample-order.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** What must leave the station in neither file. */
const secrets = { vault: 'canary-from-the-vault', config: 'canary-from-the-config' };
/** What must not be in a bundle that goes to support, but is in a backup. */
const personal = {
  customer: 'canary-customer',
  reader: 'canary-reader',
  email: 'canary@example.com',
  document: 'canary-document',
  sourceQuery: 'canary-source-token',
  tracking: 'canary-tracking',
  note: 'canary-cancel-text',
  answer: 'canary.answer@example.com',
  stationName: 'canary-station-name',
};

const openParts = async (): Promise<{ readonly parts: BundleParts; readonly folder: string }> => {
  const dataFolder = await temporaryFolder();
  const store = await Store.open(join(dataFolder, 'platen.db'));
  const vault = await Vault.open(join(dataFolder, 'vault.json'), fakeKeyWrap);
  const connectionSecrets = new ConnectionSecrets(vault);
  await connectionSecrets.set('shop', { orderKey: secrets.vault });
  connectionSecrets.declare('shop', { signalKey: secrets.config });
  const connections = new ConnectionDirectory({
    store,
    platforms: [createFakePlatform()],
    secret: (id, name) => connectionSecrets.get(id, name),
  });
  await declareConnections(
    store,
    [{ id: 'shop', platform: 'fake', settings: { name: personal.customer }, secrets: { signalKey: secrets.config } }],
    0,
  );
  await connections.reload();
  await store.write((transaction) => openChannels(transaction, connections.all(), 0));
  const connection = connections.find('shop');
  if (connection === null) throw new Error('no connection');
  const order = sampleOrder('A', 1, {
    customer: personal.customer,
    document: `{"note":"${personal.document}"}`,
    delivery: { company: '', name: personal.reader, lines: [], country: 'DK', email: personal.email, phone: '' },
    items: [
      sampleItem('A-1', { files: [sampleFile({ url: `https://x.example.com/f?token=${personal.sourceQuery}` })] }),
    ],
  });
  await store.write(async (transaction) => {
    await acceptOrder(transaction, { connection, order, nameTemplate: '{order}', nowMs: 0, by: 'platform' });
    const say = { itemId: 1, connection, nowMs: 0, undoMs: 0, by: 'AB' };
    await signalItem(transaction, { ...say, signal: { kind: 'error', text: personal.note, delayHours: 1 } });
    await signalItem(transaction, { ...say, signal: { kind: 'shipped', tracking: personal.tracking } });
  });
  await store.write(({ db }) =>
    db
      .updateTable('channels')
      .set({ problem: `no such reader: ${personal.answer}` })
      .execute(),
  );
  const settings = await SettingsBook.open(store, null, dataFolder);
  await settings.save({ ...settings.current, name: personal.stationName });
  const clock = createFakeClock();
  const budgets = await BudgetBook.open({ store, clock, limitOf: (id) => connections.find(id)?.rate ?? null });
  return {
    folder: dataFolder,
    parts: {
      store,
      clock,
      settings,
      dataFolder,
      stationView: async () => ({
        name: personal.stationName,
        version: '1.2.3',
        startedAt: new Date(clock.nowMs()).toISOString(),
        setupNeeded: false,
        host: 'browser',
        intake: { state: 'off', url: null, publicUrl: null, problem: null },
        counts: await stationCounts(store.read),
        startReport: null,
        diskFreeBytes: null,
        notices: [],
      }),
      connectionViewDeps: () => ({
        db: store.read,
        connections,
        secrets: connectionSecrets,
        budgets,
        intakeUrl: null,
      }),
    },
  };
};

describe('a support bundle', () => {
  it('tells versions, states and counts, and nothing secret or personal', async () => {
    const { parts, folder } = await openParts();
    await mkdir(join(folder, 'logs'));
    await writeFile(join(folder, 'logs', 'platen.log'), 'the station runs\n');
    const path = join(await temporaryFolder(), 'bundle.json');
    const { bytes } = await writeSupportBundle(parts, path);
    const text = await readFile(path, 'utf8');
    expect(bytes).toBe(Buffer.byteLength(text));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const bundle: unknown = JSON.parse(text);
    expect(bundle).toMatchObject({
      station: { version: '1.2.3', counts: { openOrders: 0, unfinishedFiles: 1, unsentSignals: 3 } },
      files: { queued: 1 },
      signals: { queued: 3 },
      connections: [{ id: 'shop', secrets: { orderKey: 'stored', signalKey: 'fromConfig' } }],
      logs: { 'platen.log': 'the station runs\n' },
    });
    for (const canary of [secrets.vault, secrets.config, ...Object.values(personal)])
      expect(text).not.toContain(canary);
    await parts.store.close();
  });

  it('does not overwrite a file, and needs an absolute path', async () => {
    const { parts } = await openParts();
    const path = join(await temporaryFolder(), 'bundle.json');
    await writeFile(path, 'mine');
    await expect(writeSupportBundle(parts, path)).rejects.toThrow(`${path} exists already`);
    await expect(writeSupportBundle(parts, 'bundle.json')).rejects.toBeInstanceOf(ContractError);
    expect(await readFile(path, 'utf8')).toBe('mine');
    await parts.store.close();
  });
});

describe('a backup', () => {
  it('holds orders, and no secret of any connection', async () => {
    const { parts } = await openParts();
    const path = join(await temporaryFolder(), 'copy.db');
    await writeBackup(parts.store, path);
    const bytes = await readFile(path);
    // The control: what is in the database is found in this way.
    expect(bytes.includes(personal.customer)).toBe(true);
    for (const secret of [secrets.vault, secrets.config]) expect(bytes.includes(secret)).toBe(false);
    await parts.store.close();
  });
});

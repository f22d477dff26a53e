import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ContractError } from '../contract/failure.ts';
import type { StartReport, StationView } from '../contract/station.ts';
import { parseConfig } from './config/config-file.ts';
import { resolveConnections } from './config/declared-connections.ts';
import { SettingsBook } from './config/station-settings.ts';
import { BudgetBook } from './connections/budget-book.ts';
import { ConnectionDirectory, type LiveConnection } from './connections/connection-directory.ts';
import { declareConnections } from './connections/declare-connections.ts';
import { FileCredentials } from './connections/file-credentials.ts';
import { openChannels } from './connections/open-channels.ts';
import { PlatformWays } from './connections/platform-ways.ts';
import { createDownloads } from './downloads/manager.ts';
import { createReadyFiles } from './downloads/ready-files.ts';
import { createActionHandlers } from './handlers/action-handlers.ts';
import { createConnectionHandlers } from './handlers/connection-handlers.ts';
import { createFileHandlers } from './handlers/file-handlers.ts';
import { createHotFolderHandlers } from './handlers/hot-folder-handlers.ts';
import { createJobHandlers } from './handlers/job-handlers.ts';
import { createItemHandlers, createOrderHandlers } from './handlers/order-handlers.ts';
import { createOutboxHandlers } from './handlers/outbox-handlers.ts';
import { createPeopleHandlers } from './handlers/people-handlers.ts';
import { createStationHandlers } from './handlers/station-handlers.ts';
import type { StationParts } from './handlers/station-parts.ts';
import { createTodayHandlers } from './handlers/today-handlers.ts';
import { createHotFolders } from './hotfolders/manager.ts';
import { importDocument } from './intake/document-import.ts';
import { IntakeSwitch } from './intake/intake-switch.ts';
import { OrderAcceptor } from './intake/order-acceptor.ts';
import { applyAnswers } from './jobs/apply-answers.ts';
import type { JobContext } from './jobs/job-context.ts';
import { JobDesk } from './jobs/job-desk.ts';
import { releaseAbandonedSignals } from './outbox/outbox-claim.ts';
import { OutboxWork } from './outbox/outbox-work.ts';
import { PeopleDesk } from './people/people-desk.ts';
import { createPlatforms } from './platforms/platforms.ts';
import { createJobFollower } from './polling/follow-jobs.ts';
import { lastAliveAtMs } from './polling/presence.ts';
import { toMoment } from './ports/clock.ts';
import { createPreflight } from './preflight/preflight.ts';
import { ChangePublisher } from './publish/change-publisher.ts';
import { refreshChannelAlarms } from './publish/channel-alarms.ts';
import { EventBus } from './publish/event-bus.ts';
import { NoticeBoard } from './publish/notices.ts';
import { refreshOverdueAlarms } from './publish/overdue-alarms.ts';
import { OverdueSignals } from './publish/overdue-signals.ts';
import { publishChanges } from './publish/publish-changes.ts';
import { diskFullNotice, diskFullSubject, overdueNotice, recoveredNotice } from './publish/station-notices.ts';
import { BackupSchedule } from './recovery/backup-schedule.ts';
import { holdDoubtful } from './recovery/hold-doubtful.ts';
import { openStationStore } from './recovery/open-station-store.ts';
import type { RecoveryNote } from './recovery/recovery-note.ts';
import { settleRecovery } from './recovery/settle-recovery.ts';
import { createRetention } from './retention/retention.ts';
import { ConnectionSecrets } from './secrets/connection-secrets.ts';
import { Vault } from './secrets/vault.ts';
import type { Station, StationDeps } from './station-face.ts';
import type { JobViewDeps } from './views/job-views.ts';
import { recoveredView, startReportOf } from './views/reconciliation-views.ts';
import { freeBytesOf, stationCounts } from './views/station-view.ts';
import { DurableLoop } from './work/durable-loop.ts';

/** How many signals of the station are under way at once. */
const signalConcurrency = 16;

/**
 * Puts a station together on its data folder. Rejects with one clear line when it cannot be used: in use, damaged, made
 * by a newer version, a config file or vault that cannot be read. Nothing runs before `start()`.
 */
export const createStation = async (deps: StationDeps): Promise<Station> => {
  const { clock, logger, dataFolder } = deps;
  const random = (): number => Math.random();
  const platforms = createPlatforms();
  const epoch = randomUUID();
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const config = deps.config === null ? null : parseConfig(deps.config.text, deps.config.path);
  const declared =
    deps.config === null || config === null
      ? []
      : await resolveConnections(config, platforms, {
          environment: deps.environment,
          configPath: deps.config.path,
        });
  const secrets = new ConnectionSecrets(await Vault.open(join(dataFolder, 'vault.json'), deps.keyWrap));
  const store = await openStationStore({
    dataFolder,
    nowMs: clock.nowMs(),
    onRecovered: (line) => {
      logger.error(line);
      deps.onRecovered?.(line);
    },
  });
  const settings = await SettingsBook.open(store, config, dataFolder);
  const connections = new ConnectionDirectory({ store, platforms, secret: (id, name) => secrets.get(id, name) });
  for (const connection of declared) secrets.declare(connection.id, connection.secrets);
  await declareConnections(store, declared, clock.nowMs());
  await connections.reload();
  await store.write((transaction) => openChannels(transaction, connections.all(), clock.nowMs()));
  const budgets = await BudgetBook.open({ store, clock, limitOf: (id) => connections.find(id)?.rate ?? null });
  const ways = new PlatformWays({
    clock,
    budgets,
    ...(deps.timeouts === undefined ? {} : { timeouts: deps.timeouts }),
  });
  const credentials = new FileCredentials(ways, budgets);
  const offSinceMs = await lastAliveAtMs(store.read);
  const people = await PeopleDesk.open({ store, clock, logger });

  const bus = new EventBus();
  const startedAtMs = clock.nowMs();
  let recovered: StartReport['recovered'];
  let recovery: RecoveryNote | null = null;
  // The publisher and the notices tell of each other: a notice is a change of the station, even with no row touched.
  const noteStationChanged = (): void => publisher.note({});
  const notices = new NoticeBoard(clock, noteStationChanged);
  const overdueSignals = new OverdueSignals({ store, clock, notices, logger });

  const requireConnection = (id: string): LiveConnection => {
    const connection = connections.find(id);
    if (connection === null) throw new ContractError('notFound', `there is no connection ${id}`);
    return connection;
  };

  const hotFolders = createHotFolders({
    store,
    clock,
    logger,
    random,
    dataFolder,
    filesFolder: settings.filesFolder,
    ...(config === null ? {} : { declared: config.hotFolders ?? [] }),
    onOverdue: ({ hotFolderName, fileName }) => notices.raise(overdueNotice(hotFolderName, fileName)),
  });

  const downloads = createDownloads({
    store,
    clock,
    logger,
    random,
    filesFolder: settings.filesFolder,
    limits: settings.current.files,
    connection: (id) => {
      const connection = connections.find(id);
      return connection === null
        ? null
        : {
            allowPrivateAddresses: connection.common.allowPrivateAddresses,
            platformName: connection.platform.name,
            authorize: credentials.of(connection),
          };
    },
    onReady: async (transaction, fileId) => {
      if (recovery !== null) await holdDoubtful(transaction, fileId, recovery, clock.nowMs());
      await hotFolders.routeReadyFile(transaction, fileId);
    },
    onProgress: (transfers) => bus.emit('files.progress', { transfers: [...transfers] }),
    onDiskFull: (freeBytes, neededBytes) => {
      notices.raise(diskFullNotice(freeBytes));
      retention.diskFull(neededBytes);
    },
    onDiskOk: () => {
      notices.clear('diskFull', diskFullSubject);
      retention.diskOk();
    },
  });

  const retention = createRetention({
    store,
    clock,
    logger,
    filesFolder: settings.filesFolder,
    limits: () => settings.current.files,
    freeBytes: () => freeBytesOf(settings.filesFolder),
  });

  const preflight = createPreflight({
    store,
    clock,
    logger,
    filesFolder: settings.filesFolder,
    causeOf: (id, finding, role) => connections.find(id)?.platform.causeOfFinding?.(finding, role) ?? null,
    ...(deps.inspector === undefined ? {} : { inspector: deps.inspector }),
  });

  const jobContextOf = (connection: LiveConnection): JobContext => ({
    connection,
    nameTemplate: settings.current.files.nameTemplate,
    nowMs: clock.nowMs(),
    heardBy: 'list',
  });

  const outbox = new DurableLoop({
    work: new OutboxWork({
      store,
      connections,
      ways,
      budgets,
      clock,
      random,
      owner: epoch,
      applyAnswers: (transaction, answers) =>
        applyAnswers(transaction, answers, { find: (id) => connections.find(id), contextOf: jobContextOf }),
      callbackUrl: (id, nonce) => {
        // Only an address that was given as public is one that a platform can reach.
        const { publicUrl } = settings.current.intake;
        const address = publicUrl === '' ? null : intake.addressFor(publicUrl);
        return address === null ? null : `${address}/in/${id}/callback/${nonce}`;
      },
    }),
    clock,
    logger,
    concurrency: signalConcurrency,
  });

  const follower = createJobFollower({
    store,
    connections,
    ways,
    budgets,
    clock,
    logger,
    random,
    contextOf: jobContextOf,
    onNews: () => pokeAll(),
    onReconciled: () => noteStationChanged(),
  });

  const pokeAll = (): void => {
    follower.poke();
    outbox.poke();
    downloads.poke();
    hotFolders.poke();
  };

  const acceptor = new OrderAcceptor({
    store,
    clock,
    nameTemplate: () => settings.current.files.nameTemplate,
    onStored: () => {
      outbox.poke();
      downloads.poke();
    },
  });

  const intake = new IntakeSwitch({
    clock,
    logger,
    connections,
    accept: (connection, order) => acceptor.accept(connection, order, 'platform'),
    jobs: new JobDesk({ store, contextOf: jobContextOf, onNews: () => pokeAll() }),
    health: async () => ({
      version: deps.version,
      channels: await store.read.selectFrom('channels').select(['connectionId', 'name', 'state']).execute(),
    }),
    onChanged: noteStationChanged,
  });

  const stationView = async (): Promise<StationView> => ({
    name: settings.current.name,
    version: deps.version,
    startedAt: toMoment(startedAtMs),
    setupNeeded: connections.all().length === 0,
    host: deps.host,
    intake: intake.view(settings.current.intake.publicUrl),
    counts: await stationCounts(store.read),
    startReport: await startReportOf({
      db: store.read,
      connections: connections.all(),
      startedAtMs,
      offSinceMs,
      intakeIsOn: settings.current.intake.enabled,
      recovered,
    }),
    diskFreeBytes: await freeBytesOf(settings.filesFolder),
    notices: notices.list(),
  });
  const connectionViewDeps = () => ({
    db: store.read,
    connections,
    secrets,
    budgets,
    intakeUrl: intake.addressFor(settings.current.intake.publicUrl),
  });

  const jobViewDeps = (): JobViewDeps => ({
    commandsOf: (id) => {
      const connection = connections.find(id);
      return connection?.platform.outgoing?.kinds(connection.settings) ?? [];
    },
  });

  const publisher = new ChangePublisher({
    store,
    clock,
    logger,
    hasListeners: () => bus.hasListeners,
    publish: (touched, revision) =>
      publishChanges(
        {
          db: store.read,
          bus,
          epoch,
          nowMs: () => clock.nowMs(),
          filesFolder: () => settings.filesFolder,
          connectionViewDeps,
          jobViewDeps,
          stationView,
          hotFolderViews: () => hotFolders.list(),
          handoverViews: (ids) => hotFolders.handoversById(ids),
          peopleView: () => people.view,
        },
        touched,
        revision,
      ),
  });
  store.changes.subscribe((touched) => {
    void refreshChannelAlarms(store, notices, touched.connections).catch(() => undefined);
    if (touched.signals.size > 0) overdueSignals.poke();
    if (touched.handovers.size > 0) void refreshOverdueAlarms(store, notices).catch(() => undefined);
  });

  const backups = new BackupSchedule({
    store,
    clock,
    logger,
    folder: join(dataFolder, 'backups'),
    keepDays: () => settings.current.files.keepDaysAfterShipped,
  });

  const importLost = async (id: string, document: string): Promise<boolean> => {
    const connection = connections.find(id);
    const documents = connection?.platform.documents;
    if (connection === null || documents === undefined) return false;
    const imported = await importDocument(documents, connection.settings, document, (order) =>
      acceptor.accept(connection, order, 'station'),
    );
    return imported.kind === 'imported';
  };

  /** Before anything runs: what came back from an earlier moment must not go on as if nothing had been. */
  const settleLoss = async (): Promise<void> => {
    const { keepDaysAfterShipped, keepDaysWhenFull } = settings.current.files;
    recovery = await settleRecovery({
      store,
      logger,
      dataFolder,
      filesFolder: settings.filesFolder,
      nowMs: clock.nowMs(),
      shortestKeepDays: Math.min(keepDaysAfterShipped, keepDaysWhenFull),
      importOrder: importLost,
    });
    if (recovery === null || recovery.report === null || recovery.seen) return;
    recovered = recoveredView(recovery, recovery.report);
    notices.raise(recoveredNotice(recovery, recovery.report));
  };

  const parts: StationParts = {
    version: deps.version,
    dataFolder,
    store,
    clock,
    settings,
    platforms,
    connections,
    secrets,
    downloads,
    hotFolders,
    outbox,
    ways,
    budgets,
    notices,
    people,
    snapshotMark: () => ({ epoch, revision: publisher.revision }),
    requireConnection,
    acceptOrder: (connection, order, by) => acceptor.accept(connection, order, by),
    jobContextOf,
    jobViewDeps,
    reconcile: (id, reason) => follower.reconcile(reason, id),
    undoMs: () => settings.current.signals.undoSeconds * 1000,
    pokeAll,
    connectionsChanged: async () => {
      await store.write((transaction) => openChannels(transaction, connections.all(), clock.nowMs()));
      await follower.connectionsChanged();
      publisher.note({ connections: new Set(connections.all().map(({ id }) => id)) });
    },
    applySettings: async () => {
      downloads.setLimits(settings.current.files);
      retention.limitsChanged();
      await intake.apply(settings.current.intake);
      noteStationChanged();
    },
    orderViewDeps: () => ({
      db: store.read,
      filesFolder: settings.filesFolder,
      nowMs: clock.nowMs(),
      jobs: jobViewDeps(),
      handoversOfOrders: (orderIds) => hotFolders.handoversOfOrders(orderIds),
    }),
    connectionViewDeps,
    stationView,
  };

  return {
    handlers: {
      station: createStationHandlers(parts),
      orders: createOrderHandlers(parts),
      items: createItemHandlers(parts),
      actions: createActionHandlers(parts),
      files: createFileHandlers(parts),
      jobs: createJobHandlers(parts),
      outbox: createOutboxHandlers(parts),
      hotFolders: createHotFolderHandlers(parts),
      connections: createConnectionHandlers(parts),
      people: createPeopleHandlers(parts),
      today: createTodayHandlers(parts),
    },
    events: bus,
    access: people.access,
    resumed: () => follower.reconcile('resume'),
    ...createReadyFiles(store, clock, settings.filesFolder),
    start: async () => {
      await mkdir(settings.filesFolder, { recursive: true });
      await settings.noteFilesFolder();
      await settleLoss();
      await store.write((transaction) => releaseAbandonedSignals(transaction, clock.nowMs()));
      await refreshChannelAlarms(store, notices, new Set(connections.all().map(({ id }) => id)));
      overdueSignals.poke();
      await hotFolders.start();
      await downloads.start();
      preflight.start();
      outbox.start();
      await intake.apply(settings.current.intake);
      await follower.start();
      retention.start();
      backups.start();
      logger.info('the station runs', { version: deps.version, connections: connections.all().length });
    },
    stop: async () => {
      await intake.stop();
      await Promise.all([
        downloads.stop(),
        preflight.stop(),
        hotFolders.stop(),
        outbox.stop(),
        follower.stop(),
        retention.stop(),
        backups.stop(),
        overdueSignals.stop(),
      ]);
      await budgets.close();
      ways.close();
      await publisher.stop();
      await store.close();
      logger.info('the station has stopped');
    },
  };
};

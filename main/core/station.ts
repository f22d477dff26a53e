import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ContractError } from '../contract/failure.ts';
import type { StartReport, StationView } from '../contract/station.ts';
import type { LiveConnection } from './connections/connection-directory.ts';
import { FileCredentials } from './connections/file-credentials.ts';
import { openChannels } from './connections/open-channels.ts';
import { createDownloads } from './downloads/manager.ts';
import { createReadyFiles } from './downloads/ready-files.ts';
import { createAllHandlers } from './handlers/all-handlers.ts';
import type { StationParts } from './handlers/station-parts.ts';
import { createHotFolders } from './hotfolders/manager.ts';
import { IntakeSwitch } from './intake/intake-switch.ts';
import { OrderAcceptor } from './intake/order-acceptor.ts';
import { applyAnswers } from './jobs/apply-answers.ts';
import type { JobContext } from './jobs/job-context.ts';
import { JobDesk } from './jobs/job-desk.ts';
import { openFoundation } from './open-foundation.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createJobFollower } from './polling/follow-jobs.ts';
import { lastAliveAtMs } from './polling/presence.ts';
import { toMoment } from './ports/clock.ts';
import { createPreflight } from './preflight/preflight.ts';
import { AlarmWatch } from './publish/alarm-watch.ts';
import { ChangePublisher } from './publish/change-publisher.ts';
import { EventBus } from './publish/event-bus.ts';
import { NoticeBoard } from './publish/notices.ts';
import { publishChanges } from './publish/publish-changes.ts';
import { diskFullNotice, diskFullSubject, overdueNotice, recoveredNotice } from './publish/station-notices.ts';
import { BackupSchedule } from './recovery/backup-schedule.ts';
import { RecoveryDesk } from './recovery/recovery-desk.ts';
import { DeletionClock } from './retention/deletion-clock.ts';
import { createRetention } from './retention/retention.ts';
import type { Station, StationDeps } from './station-face.ts';
import type { JobViewDeps } from './views/job-views.ts';
import { recoveredView, startReportOf } from './views/reconciliation-views.ts';
import { freeBytesOf, stationCounts } from './views/station-view.ts';

/**
 * Puts a station together on its data folder. Rejects with one clear line when it cannot be used: in use, damaged, made
 * by a newer version, a config file or vault that cannot be read. Nothing runs before `start()`.
 */
export const createStation = async (deps: StationDeps): Promise<Station> => {
  const { clock, logger, dataFolder } = deps;
  const { platforms, secrets, store, settings, connections, budgets, ways, people, declaredHotFolders } =
    await openFoundation(deps);
  const credentials = new FileCredentials(ways, budgets);
  const offSinceMs = await lastAliveAtMs(store.read);
  const random = (): number => Math.random();
  const epoch = randomUUID();

  const bus = new EventBus();
  const startedAtMs = clock.nowMs();
  let recovered: StartReport['recovered'];
  // The publisher and the notices tell of each other: a notice is a change of the station, even with no row touched.
  const noteStationChanged = (): void => publisher.note({});
  const notices = new NoticeBoard(clock, noteStationChanged);
  const alarms = new AlarmWatch({ store, clock, notices, logger });

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
    ...declaredHotFolders,
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
      await recovery.fileReady(transaction, fileId);
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

  const deletionClock = new DeletionClock({ store, clock, logger });
  const retention = createRetention({
    store,
    clock,
    deletionClock,
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

  const outbox = createOutbox({
    store,
    connections,
    ways,
    budgets,
    clock,
    logger,
    random,
    applyAnswers: (transaction, answers) =>
      applyAnswers(transaction, answers, { find: (id) => connections.find(id), contextOf: jobContextOf }),
    callbackUrl: (id, nonce) => {
      // Only an address that was given as public is one that a platform can reach.
      const { publicUrl } = settings.current.intake;
      const address = publicUrl === '' ? null : intake.addressFor(publicUrl);
      return address === null ? null : `${address}/in/${id}/callback/${nonce}`;
    },
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

  const backups = new BackupSchedule({
    store,
    clock,
    deletionClock,
    logger,
    folder: join(dataFolder, 'backups'),
    keepDays: () => settings.current.files.keepDaysAfterShipped,
  });

  const recovery = new RecoveryDesk({
    store,
    clock,
    logger,
    dataFolder,
    filesFolder: settings.filesFolder,
    limits: () => settings.current.files,
    connections,
    acceptor,
  });

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
    handlers: createAllHandlers(parts),
    events: bus,
    access: people.access,
    resumed: () => follower.reconcile('resume'),
    ...createReadyFiles(store, clock, settings.filesFolder),
    start: async () => {
      // Before anything is written down by a clock that may have leapt.
      await deletionClock.nowMs();
      await mkdir(settings.filesFolder, { recursive: true });
      await settings.noteFilesFolder();
      const unread = await recovery.settle();
      if (unread !== null) {
        recovered = recoveredView(unread.note, unread.report);
        notices.raise(recoveredNotice(unread.note, unread.report));
      }
      await alarms.start(new Set(connections.all().map(({ id }) => id)));
      await hotFolders.start();
      await downloads.start();
      preflight.start();
      await outbox.start();
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
        alarms.stop(),
      ]);
      await budgets.close();
      ways.close();
      await publisher.stop();
      await store.close();
      logger.info('the station has stopped');
    },
  };
};

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, dialog, session } from 'electron';
import type { Wire } from '../../contract/wire.ts';
import type { FileLogger } from '../../core/logging/file-logger.ts';
import { systemClock } from '../../core/ports/clock.ts';
import type { KeyWrap } from '../../core/ports/key-wrap.ts';
import { errorText } from '../../core/ports/logger.ts';
import type { Station, StationDeps } from '../../core/station-face.ts';
import { createStationServers } from '../station-servers.ts';
import { isOfTraining, type Training } from '../training-face.ts';
import { appPageUrl } from './app-origin.ts';
import { serveApp } from './app-protocol.ts';
import type { DesktopOptions } from './command-line.ts';
import { reloadAfterCrash } from './crash-reload.ts';
import { wordsFor } from './desktop-words.ts';
import { dragOut } from './drag-out.ts';
import { followStation } from './follow-station.ts';
import { acceptWires } from './ipc-wire.ts';
import { type LastResortDeps, startAgainAfterBug } from './last-resort.ts';
import { applyNavigationRules } from './navigation-rules.ts';
import { createNotifier } from './notifier.ts';
import { holdQuit } from './quit-order.ts';
import { chooseKeyWrap } from './safe-storage-key-wrap.ts';
import { applySessionRules } from './session-rules.ts';
import { claimSingleInstance } from './single-instance.ts';
import { createStationMode, type StationMode } from './station-mode.ts';
import { createTray } from './tray.ts';
import { wakeStation } from './wake-station.ts';
import { createMainWindow, type MainWindow } from './window.ts';
import { readWindowPlace, writeWindowPlace } from './window-bounds.ts';

export interface TrainingPlace extends Pick<StationDeps, 'host' | 'version' | 'clock' | 'logger'> {
  readonly real: Station;
  readonly folder: string;
}

export interface DesktopDeps {
  readonly createStation: (deps: StationDeps) => Promise<Station>;
  readonly createKeyFileWrap: (path: string) => KeyWrap;
  /** Makes the place to practise beside the station. */
  readonly createTraining: (beside: TrainingPlace) => Training;
  readonly logger: FileLogger;
  readonly options: DesktopOptions;
  readonly dataFolder: string;
  /** The folder that holds `preload/` and `renderer/` as they were built. */
  readonly builtFolder: string;
  readonly environment: StationDeps['environment'];
  readonly processEvents: LastResortDeps['processEvents'];
}

const partition = 'persist:platen';

const readConfig = async (file: string | null): Promise<StationDeps['config']> =>
  file === null ? null : { text: await readFile(file, 'utf8'), path: file };

const buildStation = async (deps: DesktopDeps): Promise<Station> =>
  deps.createStation({
    dataFolder: deps.dataFolder,
    config: await readConfig(deps.options.configFile),
    environment: deps.environment,
    host: 'desktop',
    version: app.getVersion(),
    clock: systemClock,
    logger: deps.logger,
    keyWrap: await chooseKeyWrap({
      keyFile: path.join(deps.dataFolder, 'vault.key'),
      createKeyFileWrap: deps.createKeyFileWrap,
      platform: process.platform,
    }),
  });

interface WindowWay {
  readonly training: Training;
  readonly mayClose: () => boolean;
  readonly stationMode: StationMode;
  /** The page speaks this locale. */
  readonly onSpoken: (locale: string) => void;
}

const openWindow = async (
  deps: DesktopDeps,
  station: Station,
  { training, mayClose, stationMode, onSpoken }: WindowWay,
): Promise<MainWindow> => {
  const { logger } = deps;
  const appSession = session.fromPartition(partition);
  applySessionRules(appSession, logger);
  serveApp(appSession.protocol, { rendererFolder: path.join(deps.builtFolder, 'renderer'), station, training });

  const placeFile = path.join(app.getPath('userData'), 'window.json');
  const window = createMainWindow({
    session: appSession,
    preload: path.join(deps.builtFolder, 'preload', 'index.cjs'),
    place: await readWindowPlace(placeFile),
    mayClose,
    mayHide: () => !stationMode.isOn,
    onHidden: (place) => {
      writeWindowPlace(placeFile, place).catch((error: unknown) =>
        logger.warn('the place of the window was not kept', { cause: errorText(error) }),
      );
    },
  });

  const notify = createNotifier(window);
  const servers = createStationServers({
    station,
    training,
    desktopOf: (asked) => ({
      dragOut: async ({ files }, caller) => {
        await dragOut(asked, window.contents, files, caller);
        return {};
      },
      enterStationMode: async () => {
        stationMode.enter();
        return {};
      },
      leaveStationMode: async () => {
        stationMode.leave();
        return {};
      },
      speak: async ({ locale }) => {
        onSpoken(locale);
        return {};
      },
      notify,
    }),
    version: app.getVersion(),
    logger,
  });
  const acceptWire = (wire: Wire, page: URL | null): void => {
    const server = page !== null && isOfTraining(page.searchParams) ? servers.practice() : servers.real;
    server?.serve(wire, { by: 'screen' });
    // What it was to practise with is gone.
    if (server === null) void window.load(appPageUrl).catch(() => undefined);
  };
  acceptWires(window.contents, acceptWire, logger);
  reloadAfterCrash(window.contents, logger);
  return window;
};

/** Runs the desktop app until it is quit. The caller has awaited `prepareBeforeReady`. */
export const openDesktop = async (deps: DesktopDeps): Promise<void> => {
  const { logger } = deps;
  const open: { window: MainWindow | null } = { window: null };
  if (!claimSingleInstance(() => open.window?.show())) return app.quit();
  startAgainAfterBug({ processEvents: deps.processEvents, clock: systemClock, logger });
  applyNavigationRules(logger);
  await app.whenReady();
  const words = wordsFor(app.getLocale());

  try {
    const station = await buildStation(deps);
    const training = deps.createTraining({
      real: station,
      folder: path.join(deps.dataFolder, 'training'),
      host: 'desktop',
      version: app.getVersion(),
      clock: systemClock,
      logger,
    });
    const stop = async (): Promise<void> => {
      await training.stop();
      await station.stop();
    };
    const quitOrder = holdQuit({ stop, closeLog: () => logger.close(), logger });
    await station.start();
    wakeStation(station, logger);
    const stationMode = createStationMode(() => open.window);
    const tray = createTray({
      words,
      onOpen: () => open.window?.show(),
      // In station mode the way out is on the screen, behind a PIN.
      onQuit: () => (stationMode.isOn ? open.window?.show() : app.quit()),
    });
    const window = await openWindow(deps, station, {
      training,
      mayClose: () => quitOrder.quitting,
      stationMode,
      onSpoken: (locale) => tray.speak(wordsFor(locale)),
    });
    open.window = window;
    await followStation(station, systemClock, (state) => tray.show(state));
    // The station works on without its screens.
    await window
      .load(appPageUrl)
      .catch((error: unknown) => logger.error('the screens did not load', { cause: errorText(error) }));
    if (!deps.options.hidden) window.show();
  } catch (error) {
    logger.error('the desktop app cannot start', { cause: errorText(error) });
    dialog.showErrorBox(words.cannotStart, errorText(error));
    await logger.close();
    app.exit(1);
  }
};

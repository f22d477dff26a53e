import type { StationSettings, StationView } from '../../contract/station.ts';
import type { ConnectionDirectory } from '../connections/connection-directory.ts';
import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import { type Certificate, type CertificateFiles, readCertificate } from './intake-certificate.ts';
import { type IntakeConnectionDeps, intakeConnection } from './intake-connection.ts';
import { createIntakeServer } from './intake-server.ts';

export interface IntakeSwitchDeps extends IntakeConnectionDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly connections: Pick<ConnectionDirectory, 'find'>;
  readonly health: () => Promise<Record<string, unknown>>;
  readonly onChanged: () => void;
}

type IntakeSettings = StationSettings['intake'];
type Server = ReturnType<typeof createIntakeServer>;

/** The largest body, in bytes. */
const bodyLimitBytes = 5_000_000;
/** How often a certificate is read again: it is renewed while the station runs. */
const readCertificateEveryMs = 3_600_000;

/** Runs the intake server as the settings say: off, or listening; one that cannot listen is shown as a problem. */
export class IntakeSwitch {
  readonly #deps: IntakeSwitchDeps;
  #server: Server | null = null;
  #applied: IntakeSettings | null = null;
  #url: string | null = null;
  #problem: string | null = null;
  #callOffRenewal: () => void = () => undefined;

  constructor(deps: IntakeSwitchDeps) {
    this.#deps = deps;
  }

  async apply(settings: IntakeSettings): Promise<void> {
    const same = JSON.stringify(whereItListens(settings)) === JSON.stringify(whereItListens(this.#applied));
    this.#applied = settings;
    if (same && this.#problem === null) return;
    await this.stop();
    if (settings.enabled) await this.#listen(settings);
    this.#deps.onChanged();
  }

  async stop(): Promise<void> {
    this.#callOffRenewal();
    await this.#server?.stop();
    this.#server = null;
    this.#url = null;
    this.#problem = null;
  }

  view(publicUrl: string): StationView['intake'] {
    return {
      state: this.#problem !== null ? 'problem' : this.#server === null ? 'off' : 'listening',
      url: this.#url,
      publicUrl: publicUrl === '' ? null : publicUrl,
      problem: this.#problem,
    };
  }

  /** Where platforms post to, without a trailing slash; null when the intake is off. */
  addressFor(publicUrl: string): string | null {
    if (this.#url === null) return null;
    return (publicUrl === '' ? this.#url : publicUrl).replace(/\/+$/u, '');
  }

  async #listen(settings: IntakeSettings): Promise<void> {
    const { host, port, tls } = settings;
    const { logger } = this.#deps;
    try {
      const certificate = tls === undefined ? null : await readCertificate(tls);
      const server = this.#createServer(settings, certificate);
      // One that cannot listen is closed, too.
      const listening = await server.start().catch(async (error: unknown) => {
        await server.stop().catch(() => undefined);
        throw error;
      });
      this.#server = server;
      const name = listening.host.includes(':') ? `[${listening.host}]` : listening.host;
      this.#url = `${certificate === null ? 'http' : 'https'}://${name}:${listening.port}`;
      if (tls !== undefined) this.#renewLater(server, tls);
      logger.info('the intake listens', { url: this.#url });
    } catch (error) {
      this.#problem = `the intake cannot listen on ${host}:${port}: ${errorText(error)}`;
      logger.error(this.#problem);
    }
  }

  #createServer({ host, port }: IntakeSettings, certificate: Certificate | null): Server {
    const { connections, accept, jobs, health, clock, logger } = this.#deps;
    return createIntakeServer({
      host,
      port,
      certificate,
      bodyLimitBytes,
      clock,
      logger,
      health,
      connections: {
        find: (id) => {
          const connection = connections.find(id);
          return connection === null ? null : intakeConnection(connection, { accept, jobs });
        },
      },
    });
  }

  /** Reads the certificate again from time to time. One that cannot be used leaves the one that is in use. */
  #renewLater(server: Server, files: CertificateFiles): void {
    const { clock, logger } = this.#deps;
    const renew = async (): Promise<void> => {
      try {
        const certificate = await readCertificate(files);
        if (this.#server === server) server.renewCertificate(certificate);
      } catch (error) {
        logger.warn('the certificate of the intake could not be read again', { cause: errorText(error) });
      }
      if (this.#server === server) this.#renewLater(server, files);
    };
    this.#callOffRenewal = clock.at(clock.nowMs() + readCertificateEveryMs, () => void renew());
  }
}

/** The settings that a listening server cannot change. */
const whereItListens = (settings: IntakeSettings | null): unknown =>
  settings === null ? null : [settings.enabled, settings.host, settings.port, settings.tls ?? null];

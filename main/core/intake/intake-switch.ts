import type { StationSettings, StationView } from '../../contract/station.ts';
import type { ConnectionDirectory } from '../connections/connection-directory.ts';
import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import { type IntakeConnectionDeps, intakeConnection } from './intake-connection.ts';
import { createIntakeServer } from './intake-server.ts';

export interface IntakeSwitchDeps extends IntakeConnectionDeps {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly logger: Logger;
  readonly connections: Pick<ConnectionDirectory, 'find'>;
  readonly health: () => Promise<Record<string, unknown>>;
  readonly onChanged: () => void;
}

type IntakeSettings = StationSettings['intake'];
type Server = ReturnType<typeof createIntakeServer>;

/** The largest body, in bytes. */
const bodyLimitBytes = 5_000_000;

/** Runs the intake server as the settings say: off, or listening; one that cannot listen is shown as a problem. */
export class IntakeSwitch {
  readonly #deps: IntakeSwitchDeps;
  #server: Server | null = null;
  #applied: IntakeSettings | null = null;
  #url: string | null = null;
  #problem: string | null = null;

  constructor(deps: IntakeSwitchDeps) {
    this.#deps = deps;
  }

  async apply(settings: IntakeSettings): Promise<void> {
    const { host, port, enabled } = settings;
    const same = this.#applied?.host === host && this.#applied.port === port && this.#applied.enabled === enabled;
    this.#applied = settings;
    if (same && this.#problem === null) return;
    await this.stop();
    if (enabled) await this.#listen(host, port);
    this.#deps.onChanged();
  }

  async stop(): Promise<void> {
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

  async #listen(host: string, port: number): Promise<void> {
    const { connections, accept, jobs, health, clock, logger } = this.#deps;
    const server = createIntakeServer({
      host,
      port,
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
    try {
      const listening = await server.start();
      this.#server = server;
      this.#url = `http://${listening.host.includes(':') ? `[${listening.host}]` : listening.host}:${listening.port}`;
      logger.info('the intake listens', { url: this.#url });
    } catch (error) {
      await server.stop().catch(() => undefined);
      this.#problem = `the intake cannot listen on ${host}:${port}: ${errorText(error)}`;
      logger.error(this.#problem);
    }
  }
}

import { createConnectionAgents } from '../../../../../main/core/platforms/http/connection-agents.ts';
import { platformCall } from '../../../../../main/core/platforms/http/platform-call.ts';
import type { PlatformWay } from '../../../../../main/core/platforms/platform.ts';

export interface OpenWayOptions<Settings> {
  readonly settings: Settings;
  readonly connectionId?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly nowMs?: () => number;
  /** Default: as much as passes by `nowMs`. */
  readonly elapsedMs?: () => number;
  readonly abort?: AbortSignal;
  readonly responseTimeoutMs?: number;
}

const agents = createConnectionAgents();

/** A way over real HTTP that has a budget without end. */
export const openWay = <Settings>(options: OpenWayOptions<Settings>): PlatformWay<Settings> => {
  const secrets = options.secrets ?? {};
  const nowMs = options.nowMs ?? Date.now;
  const abort = options.abort ?? new AbortController().signal;
  const response = options.responseTimeoutMs ?? 5_000;
  return {
    connectionId: options.connectionId ?? 'pa',
    settings: options.settings,
    secret: (name) => secrets[name] ?? null,
    nowMs,
    elapsedMs: options.elapsedMs ?? nowMs,
    abort,
    call: (request) =>
      platformCall(request, {
        agents,
        abort,
        timeouts: { connect: 5_000, response, whole: 10_000 },
        secrets: Object.values(secrets),
        nowMs,
        acquire: async () => ({ release: () => {} }),
      }),
  };
};

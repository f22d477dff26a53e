import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Keeps connections to the platform open between signals; idle ones hold no process open. */
export interface ConnectionAgents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** Connections to one host at most. */
const mostSockets = 16;

export const createConnectionAgents = (): ConnectionAgents => {
  // The connection that was idle longest may just be closing: the youngest is taken first.
  const options = {
    keepAlive: true,
    maxSockets: mostSockets,
    maxFreeSockets: mostSockets,
    scheduling: 'lifo',
  } as const;
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
};

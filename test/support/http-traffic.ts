import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, ServerResponse } from 'node:http';

let underWay = 0;
let begun = 0;

const count = (exchange: ClientRequest | ServerResponse): void => {
  underWay += 1;
  begun += 1;
  exchange.once('close', () => {
    underWay -= 1;
  });
};

const isExchange = (value: unknown): value is ClientRequest | ServerResponse =>
  typeof value === 'object' && value !== null && 'once' in value;

const member = (message: unknown, name: string): unknown =>
  typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;

for (const [channel, name] of [
  ['http.client.request.start', 'request'],
  ['http.server.request.start', 'response'],
] as const) {
  subscribe(channel, (message) => {
    const exchange = member(message, name);
    if (isExchange(exchange)) count(exchange);
  });
}

/** The HTTP of this thread, at either end: how many exchanges are under way, and how many ever began. */
export const httpTraffic = (): { readonly underWay: number; readonly begun: number } => ({ underWay, begun });

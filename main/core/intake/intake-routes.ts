import type { IntakeAnswer, IntakeRequest } from './intake-answer.ts';
import type { IntakeConnection } from './intake-connection.ts';

/** A place to post to. */
export interface IntakeRoute {
  readonly url: string;
  /** What a request of any other method is told. */
  readonly purpose: string;
  /** What takes a request to this connection; null when it takes none here. `nonce` is empty where the path has none. */
  taker(connection: IntakeConnection, nonce: string): ((request: IntakeRequest) => Promise<IntakeAnswer>) | null;
}

export const intakeRoutes: readonly IntakeRoute[] = [
  {
    url: '/in/:connection',
    purpose: 'post order documents here',
    taker: ({ post }) => post,
  },
  {
    url: '/in/:connection/callback/:nonce',
    purpose: 'post callbacks here',
    taker: ({ callback }, nonce) => callback && ((request) => callback(nonce, request)),
  },
  {
    url: '/in/:connection/orders',
    purpose: 'post orders of the shop here',
    taker: ({ orders }) => orders,
  },
];

import type { StationLink } from '../client/station-link.ts';
import type { HandWatch } from './hand-watch.ts';

/** What every store is built from. */
export interface StoreDeps {
  readonly link: StationLink;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly hand: HandWatch;
}

/** Whether a group's data is there, and the one line that says why it is not. */
export type LoadState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly asOf: number }
  | { readonly kind: 'failed'; readonly message: string };

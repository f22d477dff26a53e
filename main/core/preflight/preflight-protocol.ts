import type { PdfReading } from './pdf-facts.ts';

/** One verified file to look into. */
export interface InspectionRequest {
  readonly path: string;
  /** What was verified had this length. */
  readonly bytes: number;
}

/** Why a file was not looked into. `gone`: not there, or not what was verified. `stopped`: it was too much for the program. */
export type SkipReason = 'tooLarge' | 'gone' | 'tookTooLong' | 'stopped';

export type InspectionOutcome = PdfReading | { readonly kind: 'skipped'; readonly reason: SkipReason };

export interface ToPreflightWorker {
  readonly id: number;
  readonly request: InspectionRequest;
}

export interface FromPreflightWorker {
  readonly id: number;
  readonly outcome: InspectionOutcome;
}

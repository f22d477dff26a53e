import { z } from 'zod';
import { callFaultSchema } from '../http/call-faults.ts';
import { createKnobBoard, type KnobBoard } from '../knobs/knob-board.ts';

/** What can go wrong with one call of the Printess API. */
export const printessFaultSchema = z.discriminatedUnion('kind', [
  ...callFaultSchema.options,
  /** Not accepted, with Printess' own code and message: 402 for funds, 406 for anything else. */
  z.strictObject({
    kind: z.literal('notAccepted'),
    status: z.union([z.literal(402), z.literal(406)]),
    c: z.int(),
    m: z.string(),
  }),
  /** Handled as usual, but answered with this text instead, such as broken JSON or an object without the job id. */
  z.strictObject({ kind: z.literal('otherBody'), body: z.string(), status: z.int().optional() }),
  /** Not handled: something in between answers with an HTML page. Default 200. */
  z.strictObject({ kind: z.literal('page'), status: z.int().optional() }),
  /** Not handled, sent elsewhere; 307 keeps the method. Default 307. */
  z.strictObject({ kind: z.literal('redirect'), location: z.url(), status: z.int().optional() }),
]);
export type PrintessFault = z.infer<typeof printessFaultSchema>;

/** What a knob on calls can be matched by: the path, and what the body says. */
export const CALL_FIELDS = ['endpoint', 'job', 'order', 'template', 'token'] as const;
export type CallField = (typeof CALL_FIELDS)[number];

export type CallKnobs = KnobBoard<CallField, PrintessFault>;

/** `timesEach` counts each job or template of each endpoint apart. */
export const createCallKnobs = (seed: string | number): CallKnobs =>
  createKnobBoard<CallField, PrintessFault>(['endpoint', 'job', 'order', 'template'], seed);

const PAGE = '<!DOCTYPE html><html><head><title>Please wait</title></head><body><h1>Please wait</h1></body></html>';

export interface PlannedCallAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function jsonAnswer(status: number, value: unknown): PlannedCallAnswer {
  return { status, body: JSON.stringify(value), contentType: 'application/json; charset=utf-8', headers: {} };
}

export const emptyAnswer = (status: number): PlannedCallAnswer => ({ ...jsonAnswer(status, ''), body: '' });

/** The answer of a fault that keeps the call from being handled; undefined when it is handled. */
export function answerInsteadOf(fault: PrintessFault | undefined): PlannedCallAnswer | undefined {
  switch (fault?.kind) {
    case 'status': {
      const headers = fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
      return { ...emptyAnswer(fault.status), body: fault.message ?? '', contentType: 'text/plain', headers };
    }
    case 'notAccepted':
      return jsonAnswer(fault.status, { c: fault.c, m: fault.m });
    case 'page':
      return { status: fault.status ?? 200, body: PAGE, contentType: 'text/html; charset=utf-8', headers: {} };
    case 'redirect':
      return { ...emptyAnswer(fault.status ?? 307), headers: { location: fault.location } };
    case 'reset':
      return emptyAnswer(0);
    case 'otherBody':
    case 'answerLost':
    case 'delay':
    case 'hang':
    case undefined:
      return undefined;
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { parseJson, readBody } from '../http/body.ts';
import { type CallAnswer, faultAnswer, type PlannedAnswer, sendAnswer } from '../http/call-answer.ts';
import type { CallFault } from '../http/call-faults.ts';
import { createKnobBoard, type KnobBoard } from '../knobs/knob-board.ts';
import { judgeSignal, type SignalFieldNames } from './signal-rules.ts';

/** What a knob on signals can be matched by. */
export const SIGNAL_FIELDS = ['type', 'order', 'item'] as const;
export type SignalField = (typeof SIGNAL_FIELDS)[number];

export type SignalKnobs = KnobBoard<SignalField, CallFault>;

/** `timesEach` counts each type for each item apart. */
export const createSignalKnobs = (seed: string | number): SignalKnobs =>
  createKnobBoard<SignalField, CallFault>(SIGNAL_FIELDS, seed);

/** One request at the signal URL, whatever became of it. */
export interface SignalEntry {
  readonly kind: 'signal';
  readonly type: string;
  readonly order: string;
  readonly item: string;
  /** As received, without the key; empty when it was no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: 'right' | 'wrong' | 'missing';
  /** Whether the platform took it: true for every 200, and for an answer that was lost after a valid signal. */
  readonly accepted: boolean;
  readonly answer: CallAnswer;
}

/** How the message of a 400 is written; the form is not published. */
export type MessageForm = 'json' | 'text';

interface SignalEndpointDeps {
  readonly signalKey: string;
  readonly fieldNames: SignalFieldNames;
  readonly messageForm: MessageForm;
  readonly knobs: SignalKnobs;
  record(entry: SignalEntry): void;
}

export interface SignalEndpoint {
  answer(request: IncomingMessage, response: ServerResponse, stopped: AbortSignal): Promise<void>;
}

const bodySchema = z.record(z.string(), z.unknown());

/** The CloudSignal API 2.0: one URL for all signals, the key in the body, 200 or an error. */
export function createSignalEndpoint(deps: SignalEndpointDeps): SignalEndpoint {
  function judge(request: IncomingMessage, body: Readonly<Record<string, unknown>> | undefined): PlannedAnswer {
    if (request.method !== 'POST') return { status: 405, message: 'use POST', headers: { allow: 'POST' } };
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      return { status: 400, message: 'Content-Type is not application/json' };
    }
    if (body === undefined) return { status: 400, message: 'the body is not a JSON object' };
    const verdict = judgeSignal(body, deps);
    switch (verdict.kind) {
      case 'fine':
        return { status: 200, message: '' };
      case 'unauthorized':
        return verdict;
      case 'invalid':
        return { status: 400, message: verdict.message };
    }
  }

  return {
    async answer(request, response, stopped) {
      const parsed = bodySchema.safeParse(parseJson(await readBody(request)));
      const { apikey, ...body } = parsed.data ?? {};
      const subject = { type: textOf(body.type), order: textOf(body.order), item: textOf(body.item) };
      // A delay comes on top of whatever else happens; of the others only one can happen.
      const delays = deps.knobs.strikeAll(subject, (fault) => fault.kind === 'delay');
      const fault = deps.knobs.strikeFirst(subject, (candidate) => candidate.kind !== 'delay');
      const answer = fault?.kind === 'status' ? faultAnswer(fault) : judge(request, parsed.data);
      const accepted = answer.status === 200 && fault?.kind !== 'reset';

      deps.record({
        kind: 'signal',
        ...subject,
        body,
        key: apikey === undefined ? 'missing' : apikey === deps.signalKey ? 'right' : 'wrong',
        accepted,
        answer: recordedAnswer(fault, answer),
      });
      const text = deps.messageForm === 'text' ? answer.message : JSON.stringify({ message: answer.message });
      await sendAnswer(
        response,
        {
          ...answer,
          body: answer.message === '' ? '' : text,
          contentType: deps.messageForm === 'text' ? 'text/plain' : 'application/json',
        },
        fault === undefined ? delays : [...delays, fault],
        stopped,
      );
    },
  };
}

function recordedAnswer(fault: CallFault | undefined, answer: PlannedAnswer): CallAnswer {
  if (fault?.kind === 'reset') return { kind: 'reset' };
  if (fault?.kind === 'answerLost' || fault?.kind === 'hang') return { kind: 'lost' };
  return { kind: 'answered', status: answer.status, message: answer.message };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

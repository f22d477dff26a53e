import { saying, stationLine } from '../../../contract/station-lines/station-lines.ts';
import { failure, type WorkFailure } from '../../work/failure.ts';
import { answerFailure, type PlatformAnswer } from '../http/platform-call.ts';
import { oneLine } from '../one-line.ts';
import type { LookUpOutcome, Outgoing, OutgoingMessage, SendOutcome } from '../platform.ts';
import { type CanvasApi, type CanvasWay, commandUrl, refusal } from './api.ts';
import { bareSighting } from './map.ts';
import { readJson, type WireProject, type WireTransition, wire } from './schema.ts';
import type { CustomersCanvasSettings } from './settings.ts';

type Command = 'resume' | 'restart' | 'tagDone';

const paths = { resume: 'resume-processing', restart: 'restart-processing', tagDone: 'transitions' } as const;

const isCommand = (kind: OutgoingMessage['kind']): kind is Command => kind in paths;

const failed = (why: WorkFailure): SendOutcome => ({ kind: 'failed', failure: why });

/** An error of the server, or an answer that is none, says neither that it was carried out nor that it was not. */
const saysNeither = ({ status, text }: PlatformAnswer): boolean => {
  if (status >= 200 && status < 300) return text.trim() !== '' && !/^\s*[{[]/u.test(text);
  return status === 408 || (status >= 500 && status !== 503);
};

const accepted = (answer: PlatformAnswer, sighting?: ReturnType<typeof bareSighting>): SendOutcome => ({
  kind: 'accepted',
  httpStatus: answer.status,
  excerpt: answer.excerpt,
  sighting,
});

const namesOf = (transitions: readonly WireTransition[]): string =>
  oneLine([...new Set(transitions.map(({ name }) => name))].join(', ')) || 'none';

/** What the platform is told about a project, each a POST that must not be sent twice unasked. */
export class CanvasCommands implements Outgoing<CustomersCanvasSettings> {
  readonly #api: CanvasApi;

  constructor(api: CanvasApi) {
    this.#api = api;
  }

  readonly allKinds = ['resume', 'restart', 'tagDone'] as const;

  kinds({ doneTransition }: CustomersCanvasSettings): readonly Command[] {
    return doneTransition === '' ? ['resume', 'restart'] : ['resume', 'restart', 'tagDone'];
  }

  nameOf(kind: OutgoingMessage['kind']): string {
    return isCommand(kind) ? paths[kind] : kind;
  }

  /** A command that came to nothing holds back no other: after a resume that did not help comes a restart. */
  isMandatory(): boolean {
    return false;
  }

  deadlineMs(): null {
    return null;
  }

  /** A second restart pays twice, and a status can start a pipeline. */
  isRepeatable(): boolean {
    return false;
  }

  async send(way: CanvasWay, message: OutgoingMessage): Promise<SendOutcome> {
    const { kind, job } = message;
    if (!isCommand(kind) || job === null) return failed(failure('local', stationLine('noJobFor', { command: kind })));
    const { doneTransition } = way.settings;
    if (kind === 'tagDone' && doneTransition === '') {
      return failed(failure('rejected', stationLine('noDoneTransition')));
    }
    const path = kind === 'tagDone' ? `${paths.tagDone}/${encodeURIComponent(doneTransition)}` : paths[kind];
    const url = commandUrl(way.settings, job.handle, path);
    const result = await this.#api.call(way, { method: 'POST', url, headers: { accept: 'application/json' } });
    if (result.kind === 'noAnswer') {
      return { kind: result.mayHaveArrived ? 'maybe' : 'failed', failure: result.failure };
    }
    const { answer } = result;
    if (saysNeither(answer)) {
      const message = stationLine('answeredUnclear', { host: new URL(url).host, status: answer.status });
      return { kind: 'maybe', failure: answerFailure(answer, message, 'serverError') };
    }
    if (answer.status >= 200 && answer.status < 300) {
      if (kind === 'tagDone') return accepted(answer);
      return accepted(answer, bareSighting(job.externalId, 'waiting', kind === 'resume' ? 'resumed' : 'restarted'));
    }
    if (answer.status === 409) {
      return kind === 'tagDone' ? this.#refusedTransition(way, job.handle, answer) : failed(notFailed(answer));
    }
    return failed(refusal(answer, url, 'Projects_full'));
  }

  /** A `maybe` of a restart is settled by a project that is no longer Failed; one of a transition by its status. */
  async lookUp(way: CanvasWay, { kind, job }: OutgoingMessage): Promise<LookUpOutcome> {
    if (!isCommand(kind) || job === null) return { kind: 'notFound', detail: stationLine('noJobToLookFor') };
    const asked = await this.#api.project(way, job.handle);
    if (asked.kind === 'notFound') return { kind: 'notFound', detail: stationLine('projectGoneNow') };
    if (asked.kind !== 'answer') return { kind: 'failed', failure: asked.failure };
    const project = asked.value;
    if (kind === 'tagDone') {
      const reached = await this.#hasReached(way, project);
      if (typeof reached !== 'boolean') return { kind: 'failed', failure: reached };
      const detail = stationLine(reached ? 'projectHasStatus' : 'projectLacksStatus', {
        transition: String(way.settings.doneTransition),
      });
      return reached ? { kind: 'found', sighting: null, detail } : { kind: 'notFound', detail };
    }
    const status = project.processingStatus;
    if (status === null || status === 'Failed') {
      return {
        kind: 'notFound',
        detail: stationLine('projectFailed'),
      };
    }
    return { kind: 'found', sighting: null, detail: stationLine('projectIs', { status }) };
  }

  async #hasReached(way: CanvasWay, project: WireProject): Promise<boolean | WorkFailure> {
    const asked = await this.#api.transitions(way);
    if (asked.kind !== 'answer') return asked.failure;
    const ours = asked.value.items.filter(({ name }) => name === way.settings.doneTransition);
    return project.status !== null && ours.some(({ resultStatus }) => resultStatus === project.status);
  }

  /** 409: the project may have the status already, which is what was wanted; else the answer names what is possible. */
  async #refusedTransition(way: CanvasWay, id: string, answer: PlatformAnswer): Promise<SendOutcome> {
    const asked = await this.#api.project(way, id);
    if (asked.kind === 'answer' && (await this.#hasReached(way, asked.value)) === true) return accepted(answer);
    const offered = readJson(wire.transitionConflict, answer.text)?.availableTransitions ?? [];
    const { doneTransition } = way.settings;
    const message = stationLine('transitionImpossible', {
      transition: String(doneTransition),
      possible: namesOf(offered),
    });
    return failed(answerFailure(answer, message, 'rejected'));
  }
}

const notFailed = (answer: PlatformAnswer): WorkFailure => {
  const message = saying('pipelineRefuses', {}, answer.message);
  return answerFailure(answer, message, 'rejected');
};

import type { z } from 'zod';
import { contract, type EventName, type EventPayload, type Handlers, protocolVersion } from './contract.ts';
import type { CallDefinition, Caller, EventDefinition, Visit } from './define.ts';
import { ContractError } from './failure.ts';
import { clientMessage, readMessage, type StationMessage } from './messages.ts';
import type { Wire } from './wire.ts';

type Definition = CallDefinition | EventDefinition;
type Handler = (input: unknown, caller: Caller) => Promise<unknown>;

/** Where a station's events come from: one listener gets them all. */
export interface EventSource {
  subscribe(listener: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void): () => void;
}

/** Who stands behind each wire, and what they may do. */
export interface Access {
  /** Who makes the calls of this visit now. */
  callerOf(visit: Visit): Caller;
  /** Who asks beside the contract, as for a download, by the session that the screen shows. */
  callerWith(session: string | null): Caller;
  /** Why this caller may not make a call for such people, in one line; null when it may. */
  refusalOf(audience: CallDefinition['for'], caller: Caller): string | null;
  /** The wire of this visit has ended. */
  leave(visit: Visit): void;
}

export interface ContractServerDeps {
  readonly handlers: Handlers;
  readonly access: Access;
  readonly events: EventSource;
  readonly version: string;
  /** Told of every error that is not a ContractError: a bug. */
  readonly onUnexpected: (call: string, error: unknown) => void;
}

const definitionOf = (name: string): Definition | undefined => {
  const [group = '', member = ''] = name.split('.', 2);
  const groups: Record<string, Record<string, Definition>> = contract;
  if (!Object.hasOwn(groups, group)) return undefined;
  const members = groups[group];
  return members !== undefined && Object.hasOwn(members, member) ? members[member] : undefined;
};

/** An event leaves as its schema says: a field that the contract does not name cannot leave. */
const strippedPayload = (name: string, payload: unknown): unknown => {
  const definition = definitionOf(name);
  if (definition?.type !== 'event') throw new Error(`the contract has no event ${name}`);
  return definition.payload.parse(payload);
};

const firstIssue = (error: z.ZodError): string => {
  const issue = error.issues[0];
  return issue === undefined ? 'invalid input' : `${issue.path.join('.') || 'input'}: ${issue.message}`;
};

/** Serves the contract: checks who may do what comes in, strips what goes out to its schema, and turns failures into values. */
export class ContractServer {
  readonly #deps: ContractServerDeps;
  /** An event is written out once, however many screens hear it. */
  readonly #eventTexts = new WeakMap<object, string>();

  constructor(deps: ContractServerDeps) {
    this.#deps = deps;
  }

  /** Serves one wire until it closes. `by` is what its calls are written down as while nobody is signed in there. */
  serve(wire: Wire, { by }: Visit): void {
    const visit: Visit = { by };
    const subscribed = new Set<string>();
    const send = (message: StationMessage): void => wire.send(JSON.stringify(message));

    // Only while this wire wants an event: a station reads nothing for events that nobody hears.
    let stopEvents: (() => void) | null = null;
    const subscribe = (event: string): void => {
      subscribed.add(event);
      stopEvents ??= this.#deps.events.subscribe((name, payload) => {
        if (subscribed.has(name)) wire.send(this.#eventText(name, payload));
      });
    };
    const unsubscribe = (event: string): void => {
      subscribed.delete(event);
      if (subscribed.size > 0) return;
      stopEvents?.();
      stopEvents = null;
    };
    const stopMessages = wire.onMessage((text) => {
      const message = readMessage(clientMessage, text);
      if (message === null) return;
      if (message.type === 'subscribe') subscribe(message.event);
      else if (message.type === 'unsubscribe') unsubscribe(message.event);
      else {
        void this.#call(message.call, message.input, this.#deps.access.callerOf(visit)).then(
          (output) => send({ type: 'result', id: message.id, output }),
          (error: ContractError) => send({ type: 'failure', id: message.id, failure: error.toFailure() }),
        );
      }
    });
    wire.onClose(() => {
      stopEvents?.();
      stopMessages();
      this.#deps.access.leave(visit);
    });
    send({ type: 'hello', protocol: protocolVersion, version: this.#deps.version });
  }

  #eventText<Name extends EventName>(name: Name, payload: EventPayload<Name>): string {
    const known = this.#eventTexts.get(payload);
    if (known !== undefined) return known;
    const message: StationMessage = { type: 'event', event: name, payload: strippedPayload(name, payload) };
    const text = JSON.stringify(message);
    this.#eventTexts.set(payload, text);
    return text;
  }

  /** Runs one call by its full name, `group.name`. Rejects with a ContractError only. */
  async #call(name: string, input: unknown, caller: Caller): Promise<unknown> {
    const definition = definitionOf(name);
    if (definition?.type !== 'call') throw new ContractError('notFound', `no such call: ${name.slice(0, 80)}`);
    const refusal = this.#deps.access.refusalOf(definition.for, caller);
    if (refusal !== null) throw new ContractError('notPermitted', refusal);
    const parsed = definition.input.safeParse(input ?? {});
    if (!parsed.success) throw new ContractError('invalidInput', firstIssue(parsed.error));
    try {
      return definition.output.parse(await this.#handler(name)(parsed.data, caller));
    } catch (error) {
      if (error instanceof ContractError) throw error;
      this.#deps.onUnexpected(name, error);
      throw new ContractError('internal', 'something went wrong in the station; its log has the details');
    }
  }

  #handler(name: string): Handler {
    const [group = '', member = ''] = name.split('.', 2);
    const groups = this.#deps.handlers as unknown as Record<string, Record<string, Handler>>;
    const handler = groups[group]?.[member];
    if (handler === undefined) throw new ContractError('unavailable', `${name} is not available on this host`);
    return handler;
  }
}

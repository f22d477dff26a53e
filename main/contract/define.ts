import type { z } from 'zod';

/**
 * Whom a call is for. `everyone`: it shows something, whoever looks. `operator`: it does something, so somebody must
 * have said who they are. `manager`: it changes the station itself. Where nobody has a PIN all of it is for everyone.
 */
export type Audience = 'everyone' | 'operator' | 'manager';
export type Role = Exclude<Audience, 'everyone'>;

/** One call of the contract: what goes in and what comes out, both JSON only, and whom it is for. */
export interface CallDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly type: 'call';
  readonly input: Input;
  readonly output: Output;
  readonly for: Audience;
}

/** One event of the contract: what a listener is told. */
export interface EventDefinition<Payload extends z.ZodType = z.ZodType> {
  readonly type: 'event';
  readonly payload: Payload;
}

export type GroupDefinition = Readonly<Record<string, CallDefinition | EventDefinition>>;
export type ContractDefinition = Readonly<Record<string, GroupDefinition>>;

/** A call; one that does not say whom it is for does something, so it is for operators. */
export const call = <Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
  options: { readonly for?: Audience } = {},
): CallDefinition<Input, Output> => ({ type: 'call', input, output, for: options.for ?? 'operator' });

export const event = <Payload extends z.ZodType>(payload: Payload): EventDefinition<Payload> => ({
  type: 'event',
  payload,
});

/** What the calls of a command are written down as. */
export const commandLine = 'command line';

/** A client's stay at the station, from the opening of its wire to the end: known by its identity, whatever it holds. */
export interface Visit {
  /** `screen` or `command line`. */
  readonly by: string;
}

/** Who made a call: shown in the history beside what it did. */
export interface Caller {
  /** The initials of who is signed in, else `screen`; or `command line`. */
  readonly by: string;
  /** Absent for a screen where nobody is signed in. */
  readonly role?: Role;
  /** Absent for the station's own host. */
  readonly visit?: Visit;
}

type CallsOf<Group extends GroupDefinition> = {
  [Name in keyof Group as Group[Name] extends CallDefinition ? Name : never]: Group[Name] extends CallDefinition<
    infer Input,
    infer Output
  >
    ? { readonly input: Input; readonly output: Output }
    : never;
};

type EventsOf<Group extends GroupDefinition> = {
  [Name in keyof Group as Group[Name] extends EventDefinition ? Name : never]: Group[Name] extends EventDefinition<
    infer Payload
  >
    ? Payload
    : never;
};

/** What a station answers it may keep for itself: nothing in it is changed on the way out. */
type DeepReadonly<Value> = Value extends readonly (infer Element)[]
  ? readonly DeepReadonly<Element>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value;

/** What a station implements: one function per call, grouped as the contract is. */
export type HandlersOf<Contract extends ContractDefinition> = {
  readonly [Group in keyof Contract]: {
    readonly [Name in keyof CallsOf<Contract[Group]>]: (
      input: z.output<CallsOf<Contract[Group]>[Name]['input']>,
      caller: Caller,
    ) => Promise<DeepReadonly<z.input<CallsOf<Contract[Group]>[Name]['output']>>>;
  };
};

/** What a screen or command calls: the same functions, each a promise that rejects with a ContractError. */
export type ClientOf<Contract extends ContractDefinition> = {
  readonly [Group in keyof Contract]: {
    readonly [Name in keyof CallsOf<Contract[Group]>]: (
      input: z.input<CallsOf<Contract[Group]>[Name]['input']>,
    ) => Promise<z.output<CallsOf<Contract[Group]>[Name]['output']>>;
  } & {
    readonly [Name in keyof EventsOf<Contract[Group]> as `on${Capitalize<Name & string>}`]: (
      listener: (payload: z.output<EventsOf<Contract[Group]>[Name]>) => void,
    ) => () => void;
  };
};

/** The names of all events, as `group.name`. */
export type EventNameOf<Contract extends ContractDefinition> = {
  [Group in keyof Contract & string]: `${Group}.${keyof EventsOf<Contract[Group]> & string}`;
}[keyof Contract & string];

/** The payload of the event `group.name`. */
export type EventPayloadOf<
  Contract extends ContractDefinition,
  Name extends EventNameOf<Contract>,
> = Name extends `${infer Group}.${infer Short}`
  ? Contract[Group][Short] extends EventDefinition<infer Payload>
    ? z.input<Payload>
    : never
  : never;

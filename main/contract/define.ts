import type { z } from 'zod';

/** One call of the contract: what goes in and what comes out, both JSON only. */
export interface CallDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly type: 'call';
  readonly input: Input;
  readonly output: Output;
}

/** One event of the contract: what a listener is told. */
export interface EventDefinition<Payload extends z.ZodType = z.ZodType> {
  readonly type: 'event';
  readonly payload: Payload;
}

export type GroupDefinition = Readonly<Record<string, CallDefinition | EventDefinition>>;
export type ContractDefinition = Readonly<Record<string, GroupDefinition>>;

export const call = <Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): CallDefinition<Input, Output> => ({ type: 'call', input, output });

export const event = <Payload extends z.ZodType>(payload: Payload): EventDefinition<Payload> => ({
  type: 'event',
  payload,
});

/** Who made a call: shown in the history beside what it did. */
export interface Caller {
  /** `screen`, `command line`, or (later) an operator's initials. */
  readonly by: string;
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

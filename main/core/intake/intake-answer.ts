/** A request as those see it who judge it. Its path, which can hold a nonce, stays with the server. */
export interface IntakeRequest {
  readonly body: Buffer;
  /** Empty when the sender names none. */
  readonly contentType: string;
  /** By its name in lower case. */
  header(name: string): string | null;
}

/** Not the sender's fault: it must try again. `cause` is for the log. */
export interface NotStored {
  readonly kind: 'notStored';
  readonly line: string;
  readonly cause: unknown;
}

/** The answer to a sender: one line, or the orders that it handed over. */
export type IntakeAnswer =
  | { readonly kind: 'accepted'; readonly line: string }
  | {
      readonly kind: 'handedOver';
      readonly orders: readonly {
        readonly order: string;
        readonly id: number;
        readonly outcome: 'stored' | 'known';
      }[];
    }
  | { readonly kind: 'refused'; readonly status: number; readonly line: string }
  | NotStored;

export const refused = (status: number, line: string): IntakeAnswer => ({ kind: 'refused', status, line });

/** Waits for the store; where it fails, this is the answer that asks the sender to come again. */
export const awaitStore = async <Value>(
  storing: Promise<Value>,
  line: string,
): Promise<{ readonly kind: 'stored'; readonly value: Value } | NotStored> => {
  try {
    return { kind: 'stored', value: await storing };
  } catch (cause) {
    return { kind: 'notStored', line, cause };
  }
};

import type { PrintessSandbox } from '../../../sandbox/printess/sandbox.ts';

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One call of the sandbox's API with the service token, unless another (or none, with null) is given. */
export async function call(
  sandbox: PrintessSandbox,
  endpoint: string,
  body: unknown,
  token: string | null = sandbox.serviceToken,
): Promise<Called> {
  const response = await fetch(sandbox.url + endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
    redirect: 'manual',
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A clock that a test moves. */
export function fakeClock(): { readonly nowMs: () => number; advance(byMs: number): void } {
  let now = Date.parse('2026-03-02T09:00:00Z');
  return {
    nowMs: () => now,
    advance: (byMs) => {
      now += byMs;
    },
  };
}

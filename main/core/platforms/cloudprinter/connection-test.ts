import type { TestStep } from '../platform.ts';
import { callFailure } from './call-failure.ts';
import { type HttpCallDeps, httpCall } from './http-call.ts';

/** What the test asks of a connection. */
export interface TestedConnection {
  readonly signalUrl: string;
  readonly orderKey: string | null;
  readonly signalKey: string | null;
}

const keyStep = (step: string, key: string | null, use: string): TestStep =>
  key === null
    ? { step, ok: false, detail: `the key ${use} is missing` }
    : { step, ok: true, detail: `the key ${use} is there` };

const reachStep = async (signalUrl: string, deps: HttpCallDeps): Promise<TestStep> => {
  const { host } = new URL(signalUrl);
  const step = 'Signal address';
  try {
    const { status } = await httpCall('HEAD', signalUrl, null, deps);
    return { step, ok: true, detail: `${host} was reached (it answered ${status})` };
  } catch (error) {
    if (deps.abort.aborted) return { step, ok: false, detail: 'stopped before an answer came' };
    return { step, ok: false, detail: callFailure(error, host).message };
  }
};

/**
 * Tries the way to the platform with a request that changes nothing: any HTTP answer proves name, connection and TLS.
 * There is no call that only checks a key, and the last step says so.
 */
export const testConnection = async (
  { signalUrl, orderKey, signalKey }: TestedConnection,
  deps: HttpCallDeps,
): Promise<readonly TestStep[]> => [
  keyStep('Order key', orderKey, 'that orders must carry'),
  keyStep('Signal key', signalKey, 'that signals are sent with'),
  await reachStep(signalUrl, deps),
  {
    step: 'Signal key at Cloudprinter',
    ok: true,
    detail: 'not tried: only the first signal can prove that Cloudprinter takes this key',
  },
];

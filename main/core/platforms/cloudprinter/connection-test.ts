import type { PlatformWay, TestStep } from '../platform.ts';

const keyStep = (step: string, key: string | null, use: string): TestStep =>
  key === null
    ? { step, ok: false, detail: `the key ${use} is missing` }
    : { step, ok: true, detail: `the key ${use} is there` };

const reachStep = async (signalUrl: string, way: Pick<PlatformWay, 'call'>): Promise<TestStep> => {
  const step = 'Signal address';
  const result = await way.call({ method: 'HEAD', url: signalUrl });
  if (result.kind === 'noAnswer') return { step, ok: false, detail: result.failure.message };
  return { step, ok: true, detail: `${new URL(signalUrl).host} was reached (it answered ${result.answer.status})` };
};

/**
 * Tries the way to the platform with a request that changes nothing: any HTTP answer proves name, connection and TLS.
 * There is no call that only checks a key, and the last step says so.
 */
export const testConnection = async (
  signalUrl: string,
  way: Pick<PlatformWay, 'call' | 'secret'>,
): Promise<readonly TestStep[]> => [
  keyStep('Order key', way.secret('orderKey'), 'that orders must carry'),
  keyStep('Signal key', way.secret('signalKey'), 'that signals are sent with'),
  await reachStep(signalUrl, way),
  {
    step: 'Signal key at Cloudprinter',
    ok: true,
    detail: 'not tried: only the first signal can prove that Cloudprinter takes this key',
  },
];

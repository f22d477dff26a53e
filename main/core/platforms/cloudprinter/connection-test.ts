import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { PlatformWay, TestStep } from '../platform.ts';

const orderKeyStep = (key: string | null): TestStep => ({
  step: stationLine('stepOrderKey'),
  ok: key !== null,
  detail: stationLine(key === null ? 'orderKeyAbsent' : 'orderKeyThere'),
});

const signalKeyStep = (key: string | null): TestStep => ({
  step: stationLine('stepSignalKey'),
  ok: key !== null,
  detail: stationLine(key === null ? 'signalKeyAbsent' : 'signalKeyThere'),
});

const reachStep = async (signalUrl: string, way: Pick<PlatformWay, 'call'>): Promise<TestStep> => {
  const step = stationLine('stepSignalAddress');
  const result = await way.call({ method: 'HEAD', url: signalUrl });
  if (result.kind === 'noAnswer') return { step, ok: false, detail: result.failure.message };
  return {
    step,
    ok: true,
    detail: stationLine('reachedAnswering', { host: new URL(signalUrl).host, status: result.answer.status }),
  };
};

/**
 * Tries the way to the platform with a request that changes nothing: any HTTP answer proves name, connection and TLS.
 * There is no call that only checks a key, and the last step says so.
 */
export const testConnection = async (
  signalUrl: string,
  way: Pick<PlatformWay, 'call' | 'secret'>,
): Promise<readonly TestStep[]> => [
  orderKeyStep(way.secret('orderKey')),
  signalKeyStep(way.secret('signalKey')),
  await reachStep(signalUrl, way),
  {
    step: stationLine('stepSignalKeyThere'),
    ok: true,
    detail: stationLine('signalKeyUntried'),
  },
];

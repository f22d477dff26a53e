import { signalKinds } from '../../../main/contract/values.ts';
import { createCloudprinterSandbox } from '../../sandbox/cloudprinter/sandbox.ts';
import { send, test } from './acts.ts';
import { message, type Scene, sceneNowMs } from './scene.ts';

const payload = {
  tracking: '3S123',
  shippingOption: 'post',
  text: 'The press stands still',
  delayHours: 4,
  cause: 'CancelMiscError',
};

/** Signals of every kind. */
export const openCloudprinterScene = async (): Promise<Scene> => {
  const sandbox = await createCloudprinterSandbox({ now: () => new Date(sceneNowMs) });
  return {
    platform: 'cloudprinter',
    addresses: [sandbox.url],
    settings: { signalUrl: sandbox.signalUrl, allowPrivateAddresses: true },
    secrets: { orderKey: sandbox.orderKey, signalKey: sandbox.signalKey },
    acts: [...signalKinds.map((kind) => send(message(kind, { payload }))), test],
    stop: () => sandbox.stop(),
  };
};

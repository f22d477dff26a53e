import { signalKinds } from '../../../main/contract/values.ts';
import { bytesContent } from '../../../main/training/files/file-content.ts';
import { createCloudprinterSandbox } from '../../sandbox/cloudprinter/sandbox.ts';
import { samplePdfs } from '../mutate/pdf.ts';
import { send, test } from './acts.ts';
import { fetchFile } from './fetch-act.ts';
import { message, type Scene, sceneNowMs } from './scene.ts';

const payload = {
  tracking: '3S123',
  shippingOption: 'post',
  text: 'The press stands still',
  delayHours: 4,
  cause: 'CancelMiscError',
};

/** Signals of every kind, and files. */
export const openCloudprinterScene = async (folder: string): Promise<Scene> => {
  const sandbox = await createCloudprinterSandbox({ now: () => new Date(sceneNowMs) });
  const [pdf = Buffer.alloc(0)] = await samplePdfs();
  const { path, md5 } = await sandbox.shelf.put({ path: '/files/cover.pdf', content: bytesContent(pdf) });
  const file = { path, bytes: pdf.length };
  return {
    platform: 'cloudprinter',
    addresses: [sandbox.url],
    settings: { signalUrl: sandbox.signalUrl, allowPrivateAddresses: true },
    secrets: { orderKey: sandbox.orderKey, signalKey: sandbox.signalKey },
    acts: [
      ...signalKinds.map((kind) => send(message(kind, { payload }))),
      test,
      fetchFile({ ...file, md5 }, folder),
      fetchFile({ ...file, md5: null }, folder),
    ],
    stop: () => sandbox.stop(),
  };
};

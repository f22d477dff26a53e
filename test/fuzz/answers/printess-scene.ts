import { createPrintessSandbox } from '../../sandbox/printess/sandbox.ts';
import { check, choices, lookUp, send, sweep, test } from './acts.ts';
import { knownJob, message, minuteMs, type Scene, sceneNowMs } from './scene.ts';

const origin = 'Floor';
const templateName = 'Card';
const metaData = JSON.stringify({
  lineItemId: '7',
  title: 'Postcard',
  itemSku: 'CARD-A6',
  orderNumber: '#1041',
  CustomerName: 'Ada',
  ShippingAddress1: 'Kade 1',
  ShippingZip: '1011 AB',
  ShippingCity: 'Amsterdam',
});

/** Jobs that are done, failed and still rendered; listed two by two. */
export const openPrintessScene = async (): Promise<Scene> => {
  const sandbox = await createPrintessSandbox({ nowMs: () => sceneNowMs, renderMs: minuteMs });
  const documents = [
    { name: 'front', pageCount: 2 },
    { name: 'back', pageCount: 1 },
  ];
  const job = { templateName, origin, metaData, copies: 250, documents } as const;
  const done = sandbox.start({ ...job, externalOrderId: 'SO-1', createdAtMs: sceneNowMs - 3 * minuteMs });
  const failed = sandbox.start({ ...job, externalOrderId: 'SO-2', createdAtMs: sceneNowMs - 2 * minuteMs });
  const pictures = sandbox.start({ ...job, externalOrderId: 'SO-3', outputType: 'png' });
  sandbox.finish(done.jobId);
  sandbox.fail(failed.jobId, 'The font Example Sans is missing');
  const known = knownJob(done.jobId, { handle: done.orderId });
  const again = { job: { externalId: known.externalId, handle: known.handle }, orderExternalId: 'SO-1' };
  const produced = message('produce', { payload: { template: templateName, copies: 250 } });
  return {
    platform: 'printess',
    addresses: [sandbox.url, sandbox.fileHostUrl],
    settings: { baseUrl: sandbox.url, origin, pageSize: 2, discoverOrigins: [origin], allowPrivateAddresses: true },
    secrets: { serviceToken: sandbox.serviceToken },
    acts: [
      sweep('recent'),
      sweep('everything'),
      check(known),
      check(knownJob(failed.jobId)),
      check(knownJob(pictures.jobId)),
      check(knownJob('no-such-job-1')),
      lookUp(produced),
      lookUp(message('renderAgain', again)),
      test,
      choices('discoverOrigins'),
      send(produced),
      send(message('renderAgain', again)),
    ],
    stop: () => sandbox.stop(),
  };
};

import { createCustomersCanvasSandbox } from '../../sandbox/customerscanvas/sandbox.ts';
import { authorize, check, choices, lookUp, send, sweep, test } from './acts.ts';
import { knownJob, message, type Scene, sceneNowMs } from './scene.ts';

/** Projects that are finished, failed in part, and still waiting; listed two by two. */
export const openCanvasScene = async (): Promise<Scene> => {
  const sandbox = await createCustomersCanvasSandbox({ nowMs: () => sceneNowMs });
  const card = {
    name: 'Card',
    sku: 'BC-85x55',
    quantity: 250,
    fields: { paper: 'matt', sides: 2 },
    files: [{ kind: 'print', sizeInResults: null }, { kind: 'print', anonymousAccess: true }, { kind: 'preview' }],
  } as const;
  const { projects } = sandbox.place({
    orderId: '1041',
    customerName: 'Ada',
    projects: [
      { name: 'Cards', items: [card, { ...card, name: 'Poster' }] },
      { name: 'Labels', items: [card, card], failsWith: 'Page 1 has no bleed' },
      { name: 'Flyers', items: [card], failsWith: 'The font Example Sans is missing' },
      { name: 'Folder', items: [card], waitsForStatus: true },
    ],
  });
  const ids = projects.map(({ id }) => String(id));
  const [finished = '', failed = '', alsoFailed = '', waiting = ''] = ids;
  const about = (id: string) => ({ job: { externalId: id, handle: id }, orderExternalId: '1041' });
  return {
    platform: 'customerscanvas',
    addresses: [sandbox.apiUrl, new URL(sandbox.tokenUrl).origin, sandbox.fileUrl],
    settings: {
      apiUrl: sandbox.apiUrl,
      tokenUrl: sandbox.tokenUrl,
      clientId: sandbox.clientId,
      storefrontId: sandbox.storefronts[0].id,
      doneTransition: 'Confirm',
      pageSize: 2,
      allowPrivateAddresses: true,
    },
    secrets: { clientSecret: sandbox.clientSecret },
    acts: [
      sweep('recent'),
      sweep('everything'),
      ...ids.map((id) => check(knownJob(id))),
      check(knownJob('order 1041')),
      check(knownJob('99', { createdAtMs: 0 })),
      lookUp(message('restart', about(finished))),
      lookUp(message('tagDone', about(waiting))),
      test,
      choices('storefrontId'),
      choices('doneTransition'),
      authorize('/api/storage/v1/artifacts/1/file'),
      send(message('tagDone', about(waiting))),
      send(message('resume', about(failed))),
      send(message('restart', about(alsoFailed))),
    ],
    stop: () => sandbox.stop(),
  };
};

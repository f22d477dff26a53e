import { z } from 'zod';
import type { PrintessSandbox } from '../../../test/sandbox/printess/sandbox.ts';
import { demoShop } from '../demo-connections.ts';
import { waitFor } from '../wait-for.ts';
import { filesLie, filesOf, filesVerified, handedOver, orderWhen } from './order-looks.ts';
import type { DemoFloor, Story } from './story.ts';

const settledWithinMs = 60_000;

const jobsOf = (printess: PrintessSandbox, externalOrderId: string) =>
  printess.jobs().filter((job) => job.externalOrderId === externalOrderId);

/** The calls about the order that Printess carried out, and bills. */
const billedCalls = (printess: PrintessSandbox, externalOrderId: string) => {
  const made = new Set(jobsOf(printess, externalOrderId).map(({ jobId }) => jobId));
  return printess.ledger
    .ofKind('call')
    .filter(({ endpoint, job, handled }) => handled && made.has(job) && /produce$|retry$/.test(endpoint));
};

const takenOf =
  (externalOrderId: string): Story['taken'] =>
  ({ printess }) =>
    billedCalls(printess, externalOrderId).map(({ endpoint }) => endpoint);

const handedOverAnswer = z.object({ orders: z.tuple([z.object({ outcome: z.string() })]) });

/** As the shop's own backend hands an order over; answers what the station says became of it. */
const postOrder = async ({ folder }: DemoFloor, order: Readonly<Record<string, unknown>>): Promise<string> => {
  const response = await fetch(`${folder.intakeUrl}/px/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${demoShop.backendToken}` },
    body: JSON.stringify(order),
  });
  const text = await response.text();
  return response.ok ? handedOverAnswer.parse(JSON.parse(text)).orders[0].outcome : `${response.status} ${text}`;
};

const producedOnce: Story = {
  name: 'producedOnce',
  platform: 'Printess',
  order: 'px:SO-2001',
  plot: 'The shop’s backend hands an order over, and once more because it is not sure: it is produced once.',
  before: ({ printess }) => {
    printess.setDocuments('st:FIELD-NOTES', [
      { name: 'cover', pageCount: 1 },
      { name: 'inside', pageCount: 24 },
    ]);
  },
  run: async (floor) => {
    const { printess } = floor.platforms;
    const body = { order: 'SO-2001', lines: [{ template: 'st:FIELD-NOTES', copies: 25, title: 'Field notes' }] };
    const outcomes = [await postOrder(floor, body), await postOrder(floor, body)];
    const order = await handedOver(floor, producedOnce.order);
    const jobs = jobsOf(printess, 'SO-2001');
    const toldBack = await waitFor(
      'the callback',
      async () => printess.ledger.ofKind('callback').find(({ job }) => job === jobs[0]?.jobId),
      settledWithinMs,
    );
    return [
      { what: `posted twice: ${outcomes.join(', then ')}`, ok: outcomes.join() === 'stored,known' },
      { what: 'one job at Printess', ok: jobs.length === 1 && billedCalls(printess, 'SO-2001').length === 1 },
      { what: 'its callback was taken', ok: toldBack.answer.kind === 'answered' && toldBack.answer.status === 200 },
      filesVerified(order, 'length+structure'),
      await filesLie(floor, order),
    ];
  },
  taken: takenOf('SO-2001'),
};

const answerLost: Story = {
  name: 'answerLost',
  platform: 'Printess',
  order: 'px:SO-2002',
  plot: 'The operator produces an order, and the answer is lost: its job is found again, and nothing sent twice.',
  before: ({ printess }) => {
    const match = { endpoint: '/production/produce', order: 'SO-2002' };
    printess.callKnobs.set({ match, times: 1, fault: { kind: 'answerLost' } });
  },
  run: async (floor) => {
    const { client, platforms } = floor;
    const lines = [{ template: 'st:POSTER', order: 'SO-2002', copies: 3, title: 'Lighthouse' }];
    const { signals } = await client.jobs.produce({ connection: 'px', lines });
    const [command] = signals;
    if (command === undefined) throw new Error('no command was queued');
    const order = await handedOver(floor, answerLost.order);
    const { attempts } = await waitFor(
      'the command settled as sent',
      async () => {
        const found = await client.outbox.get({ id: command.id });
        return found.signal.state === 'sent' ? found : null;
      },
      settledWithinMs,
    );
    const jobs = jobsOf(platforms.printess, 'SO-2002');
    return [
      { what: 'the answer was lost', ok: attempts.some(({ outcome }) => outcome === 'maybe') },
      { what: 'asked for once', ok: billedCalls(platforms.printess, 'SO-2002').length === 1 },
      {
        what: 'exactly one job there, found again',
        ok: jobs.length === 1 && order.jobs[0]?.externalId === jobs[0]?.jobId,
      },
      filesVerified(order, 'length+structure'),
      await filesLie(floor, order),
    ];
  },
  taken: takenOf('SO-2002'),
};

const pluginOrder: Story = {
  name: 'pluginOrder',
  platform: 'Printess',
  order: 'px:1041',
  plot: 'The shop’s plugin has two lines rendered, and the station finds both in the list.',
  run: async (floor) => {
    const { printess } = floor.platforms;
    const buyer = { CustomerFirstName: 'Ann', CustomerLastName: 'Example', orderNumber: '#1041' };
    const line = (lineItemId: string, productName: string) => JSON.stringify({ ...buyer, lineItemId, productName });
    printess.startOrder({
      origin: 'WC shop',
      externalOrderId: '1041',
      lines: [
        { templateName: 'st:CARD', copies: 250, metaData: line('71', 'Business card') },
        { templateName: 'st:FLYER', copies: 500, metaData: line('72', 'Flyer') },
      ],
    });
    const order = await handedOver(floor, pluginOrder.order, 2);
    return [
      { what: 'found with two items and its buyer', ok: order.itemCount === 2 && order.customer === 'Ann Example' },
      { what: 'nothing of it was produced from here', ok: billedCalls(printess, '1041').length === 0 },
      filesVerified(order, 'length+structure'),
      await filesLie(floor, order),
    ];
  },
  taken: takenOf('1041'),
};

const expiredFiles: Story = {
  name: 'expiredFiles',
  platform: 'Printess',
  order: 'px:1038',
  plot: 'The files of an order have expired before the station saw it: the operator has them rendered again.',
  before: ({ printess }) => {
    const [job] = printess.startOrder({
      origin: 'WC shop',
      externalOrderId: '1038',
      lines: [{ templateName: 'st:MENU', copies: 40 }],
    });
    if (job === undefined) return;
    printess.finish(job.jobId);
    printess.expireFiles(job.jobId);
  },
  run: async (floor) => {
    const { client, platforms } = floor;
    const expired = await orderWhen(floor, expiredFiles.order, 'a problem', (order) =>
      filesOf(order).some(({ problemCode }) => problemCode === 'expired'),
    );
    const [old] = expired.jobs;
    if (old === undefined) throw new Error('the order has no job');
    await client.jobs.command({ job: old.id, command: 'renderAgain' });
    const order = await handedOver(floor, expiredFiles.order);
    const replaced = order.jobs.find(({ id }) => id === old.id);
    return [
      { what: 'the expired file is shown as a problem', ok: expired.problemCount > 0 },
      { what: 'rendering again is offered', ok: old.actions.includes('renderAgain') },
      { what: 'rendered again once', ok: billedCalls(platforms.printess, '1038').length === 1 },
      { what: 'the new job has taken the place of the old one', ok: replaced?.replacedBy != null },
      { what: 'no problem is left', ok: order.problemCount === 0 },
      filesVerified(order, 'length+structure'),
      await filesLie(floor, order),
    ];
  },
  taken: takenOf('1038'),
};

export const printessStories: readonly Story[] = [producedOnce, answerLost, pluginOrder, expiredFiles];

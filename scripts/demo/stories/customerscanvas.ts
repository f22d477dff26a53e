import type { CustomersCanvasSandbox } from '../../../test/sandbox/customerscanvas/sandbox.ts';
import { demoShop } from '../demo-connections.ts';
import { filesLie, filesOf, filesVerified, handedOver, orderWhen } from './order-looks.ts';
import type { Check, Story } from './story.ts';

const projectIdsOf = (canvas: CustomersCanvasSandbox, orderId: string): readonly number[] => [
  ...new Set(
    canvas.ledger
      .ofKind('call')
      .map(({ project }) => Number(project))
      .filter((id) => canvas.find(id)?.project.orderId === orderId),
  ),
];

/** The commands that the platform carried out for the projects of an order. */
const takenOf =
  (orderId: string): Story['taken'] =>
  ({ canvas }) => {
    const ids = projectIdsOf(canvas, orderId);
    return canvas.ledger
      .ofKind('call')
      .filter(({ method, done, project }) => method === 'POST' && done && ids.includes(Number(project)))
      .map(({ call }) => call);
  };

const noTokenLeft = (canvas: CustomersCanvasSandbox): Check => ({
  what: 'the token went to the gateway only',
  ok: canvas.ledger.ofKind('leak').length === 0,
});

const shopifyOrder: Story = {
  name: 'shopifyOrder',
  platform: 'Customer’s Canvas',
  order: 'cc:5001',
  plot: 'Shopify tells of an order with two projects, whose files need the token.',
  run: async (floor) => {
    const { canvas } = floor.platforms;
    // As at a real shop, the webhook is a moment faster than the projects.
    const to = `${floor.folder.intakeUrl}/cc/orders`;
    const { answer } = await canvas.postShopifyOrder('5001', { to, shopSecret: demoShop.shopifySecret });
    const { projects } = canvas.place({
      orderId: '5001',
      customerName: 'Linden Garden Club',
      projects: [
        { name: 'Cards', items: [{ name: 'Cards', quantity: 250 }] },
        { name: 'Poster', items: [{ name: 'Poster', quantity: 12, sku: 'PO-A2' }] },
      ],
    });
    const order = await handedOver(floor, shopifyOrder.order, projects.length);
    const fetched = canvas.ledger.ofKind('call').filter(({ call, done }) => call === 'artifactFile' && done);
    return [
      { what: 'its signature was checked and answered 202', ok: answer.kind === 'answered' && answer.status === 202 },
      { what: 'two projects in one order', ok: order.items.length === 2 },
      filesVerified(order, 'size'),
      {
        what: 'each was fetched with the token',
        ok: fetched.length >= filesOf(order).length && fetched.every(({ token }) => token === 'valid'),
      },
      noTokenLeft(canvas),
      await filesLie(floor, order),
    ];
  },
  taken: takenOf('5001'),
};

const failure = 'The font Example Sans is missing';

const resumed: Story = {
  name: 'resumed',
  platform: 'Customer’s Canvas',
  order: 'cc:5002',
  plot: 'A pipeline has failed, and the operator resumes it: it goes on where it stopped.',
  before: ({ canvas }) => {
    canvas.place({
      orderId: '5002',
      customerName: 'North Quay Museum',
      projects: [{ name: 'Guide', pipelineMs: 0, failsWith: failure, items: [{ name: 'Guide', quantity: 100 }] }],
    });
  },
  run: async (floor) => {
    const { client, platforms } = floor;
    const { canvas } = platforms;
    const failed = await orderWhen(
      floor,
      resumed.order,
      'failed',
      ({ jobs }) => jobs[0]?.problem?.includes(failure) === true,
    );
    const [job] = failed.jobs;
    if (job === undefined) throw new Error('the order has no job');
    await client.jobs.command({ job: job.id, command: 'resume' });
    const order = await handedOver(floor, resumed.order);
    const [projectId = 0] = projectIdsOf(canvas, '5002');
    return [
      { what: `a problem that says why: ${failure}`, ok: failed.problemCount > 0 },
      { what: 'resume is offered, and restart', ok: job.actions.includes('resume') && job.actions.includes('restart') },
      { what: 'no problem is left', ok: order.problemCount === 0 },
      { what: 'the paid steps began once', ok: canvas.pipelineStarts(projectId) === 1 },
      filesVerified(order, 'size'),
      await filesLie(floor, order),
    ];
  },
  taken: takenOf('5002'),
};

export const customersCanvasStories: readonly Story[] = [shopifyOrder, resumed];

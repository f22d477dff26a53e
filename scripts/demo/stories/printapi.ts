import type { OrderView } from '../../../main/contract/orders.ts';
import type { PrintApiSandbox } from '../../../test/sandbox/printapi/sandbox.ts';
import type { PrintessSandbox } from '../../../test/sandbox/printess/sandbox.ts';
import { filesOf, orderWhen } from './order-looks.ts';
import type { Check, DemoFloor, Story } from './story.ts';

/** A path on a host that keeps a ledger of who asks for files; the file itself is Print API's business alone. */
const shopFilePath = '/shop/print-api-order.pdf';
const shopFile = ({ otherHostUrl }: PrintessSandbox): string => `${otherHostUrl}${shopFilePath}`;

const neverFetched = (order: OrderView, { platforms }: DemoFloor): Check => ({
  what: 'its files were never fetched here',
  ok:
    filesOf(order).length === 0 &&
    platforms.printess.ledger.ofKind('file').every(({ path }) => !path.startsWith(shopFilePath)),
});

/** Orders are only followed: what is not a question is a request for a token. */
const takenOf =
  (id: string): Story['taken'] =>
  ({ printApi }) =>
    requestsAbout(printApi, id)
      .filter(({ method }) => method !== 'GET')
      .map(({ path }) => path);

const requestsAbout = (printApi: PrintApiSandbox, id: string) =>
  printApi.ledger.ofKind('request').filter(({ order }) => order === id);

const state = (order: OrderView): string | undefined => order.jobs[0]?.state;
const belief = (order: OrderView, name: string): string | undefined =>
  order.jobs[0]?.beliefs.find((one) => one.name === name)?.value;

/** The order itself has been asked for: a list says no more than its status. */
const isAsked = (order: OrderView): boolean => belief(order, 'file content') !== undefined;

const trackingUrl = 'https://carrier.example/track/3SDEMO0001';

const outsourced: Story = {
  name: 'outsourced',
  platform: 'Print API',
  order: 'pa:PA-3001',
  plot: 'An outsourced order is followed from Created to Shipped with its tracking link.',
  run: async (floor) => {
    const { printApi, printess } = floor.platforms;
    const { id } = await printApi.place({
      id: 'PA-3001',
      metadata: 'Web shop 3001',
      items: [
        {
          productId: 'poster_a3_sta',
          quantity: 10,
          files: { content: { downloadUrl: shopFile(printess), status: 'Accepted' } },
        },
      ],
    });
    const created = await orderWhen(floor, outsourced.order, 'known', isAsked);
    await printApi.setStatus(id, 'Processing');
    await orderWhen(floor, outsourced.order, 'in work', (order) => state(order) === 'working');
    await printApi.setStatus(id, 'Shipped', { trackingUrl });
    const shipped = await orderWhen(floor, outsourced.order, 'shipped', (order) => order.stage === 'shipped');
    const { history } = await floor.client.orders.get({ order: outsourced.order });
    const told = new Set(history.filter(({ code }) => code.startsWith('job.')).map(({ detail }) => detail.status));
    const webhooks = printApi.ledger.ofKind('webhook').filter(({ order }) => order === id);
    return [
      { what: 'in the lane of what is outsourced', ok: created.lane === 'outsourced' },
      {
        what: `${webhooks.length} webhooks taken, each only a reason to ask`,
        ok:
          webhooks.length === 3 && webhooks.every(({ answer }) => answer.kind === 'answered' && answer.status === 200),
      },
      { what: 'the history has Processing and Shipped', ok: told.has('Processing') && told.has('Shipped') },
      { what: `tracking link ${trackingUrl}`, ok: belief(shipped, 'trackingLink') === trackingUrl },
      neverFetched(shipped, floor),
    ];
  },
  taken: takenOf('PA-3001'),
};

const unfetchable: Story = {
  name: 'unfetchable',
  platform: 'Print API',
  order: 'pa:PA-3002',
  plot: 'Print API cannot fetch the file of an order, and would never print it: a problem with what to do.',
  run: async (floor) => {
    const { printApi, printess } = floor.platforms;
    const { id } = await printApi.place({
      id: 'PA-3002',
      items: [{ productId: 'flyer_a5', quantity: 500, files: { content: { downloadUrl: shopFile(printess) } } }],
    });
    const known = await orderWhen(floor, unfetchable.order, 'known', isAsked);
    await printApi.setFile(id, '00001', 'content', 'DownloadFailed');
    const failed = await orderWhen(floor, unfetchable.order, 'a problem', ({ problemCount }) => problemCount > 0);
    const [job] = failed.jobs;
    return [
      { what: 'no problem while the download is pending', ok: known.problemCount === 0 },
      { what: 'shown as a problem', ok: job?.problemCode === 'fileNotFetched' && failed.problem !== null },
      {
        what: `it says what to do: ${job?.problem ?? ''}`,
        ok: job?.problem?.includes('place the order again') === true,
      },
      neverFetched(failed, floor),
    ];
  },
  taken: takenOf('PA-3002'),
};

export const printApiStories: readonly Story[] = [outsourced, unfetchable];

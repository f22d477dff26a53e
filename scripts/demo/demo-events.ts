import type { Activity } from '../../test/sandbox/activity/activity.ts';
import { createCanvasActivity } from '../../test/sandbox/activity/canvas-activity.ts';
import { createPrintApiActivity } from '../../test/sandbox/activity/printapi-activity.ts';
import { createPrintessActivity } from '../../test/sandbox/activity/printess-activity.ts';
import { demoOrders, setDemoKnobs } from '../../test/sandbox/cloudprinter/demo-orders.ts';
import { randomOrder } from '../../test/sandbox/cloudprinter/random-order.ts';
import { demoShop } from './demo-connections.ts';
import type { DemoFolder } from './demo-folder.ts';
import type { DemoPlatforms } from './demo-platforms.ts';
import { waitFor } from './wait-for.ts';

const hourMs = 3_600_000;
const firstRandomNumber = 100;
const intakeListensWithinMs = 30_000;

/** Waits until orders can be posted. */
export const intakeListens = ({ intakeUrl }: DemoFolder, ended: AbortSignal): Promise<unknown> =>
  waitFor(
    'the intake',
    async () => ended.aborted || (await fetch(new URL('/health', intakeUrl)).catch(() => null))?.ok,
    intakeListensWithinMs,
  );

/** Posts the fixed set of Cloudprinter's orders, with the faults of their files. */
export const postDemoOrders = async (
  { cloudprinter }: DemoPlatforms,
  { intakeUrl }: Pick<DemoFolder, 'intakeUrl'>,
): Promise<void> => {
  const dates = { orderedAt: new Date(), shipBy: new Date(Date.now() + 30 * hourMs) };
  for (const demo of demoOrders(dates)) {
    setDemoKnobs(cloudprinter, demo);
    await cloudprinter.post(demo.order, { to: `${intakeUrl}/cp` });
  }
};

const cloudprinterActivity = ({ cloudprinter }: DemoPlatforms, to: string): Activity => {
  let number = firstRandomNumber;
  return async () => {
    const order = randomOrder(number, new Date());
    number += 1;
    const { answer } = await cloudprinter.post(order, { to });
    return `order ${order.id} was posted: ${answer.kind === 'answered' ? answer.status : answer.message}`;
  };
};

/** One platform, and how the next thing happens there. */
export interface Turn {
  readonly platform: string;
  readonly next: Activity;
}

export const turnsOf = (
  platforms: DemoPlatforms,
  { intakeUrl }: Pick<DemoFolder, 'intakeUrl'>,
  ended: AbortSignal,
): readonly Turn[] => {
  const { printess, printApi, canvas } = platforms;
  const backend = { ordersUrl: `${intakeUrl}/px/orders`, secret: demoShop.backendToken };
  const shopify = { ordersUrl: `${intakeUrl}/cc/orders`, secret: demoShop.shopifySecret };
  return [
    { platform: 'Printess', next: createPrintessActivity(printess, backend) },
    { platform: 'Print API', next: createPrintApiActivity(printApi, ended) },
    { platform: 'Customer’s Canvas', next: createCanvasActivity(canvas, shopify) },
    { platform: 'Cloudprinter', next: cloudprinterActivity(platforms, `${intakeUrl}/cp`) },
  ];
};

import { toCustomersCanvas, toPrintApi, toPrintess } from '../../test/support/sandbox-connections.ts';
import type { DemoPlatforms } from './demo-platforms.ts';

/** What the shop's own systems prove themselves with to the station. */
export const demoShop = {
  backendToken: 'demo-token-of-the-shop-backend',
  shopifySecret: 'demo-secret-of-the-shopify-shop',
} as const;

/** As often as a setting allows, so that a demo need not be waited for. */
const pollSeconds = 5;

/** The connections of the demo's config file: `cp`, `px`, `pa` and `cc`. */
export const demoConnections = ({ cloudprinter, printess, printApi, canvas }: DemoPlatforms) => [
  {
    id: 'cp',
    platform: 'cloudprinter',
    orderKey: cloudprinter.orderKey,
    signalKey: cloudprinter.signalKey,
    signalUrl: cloudprinter.signalUrl,
    // The sandbox is on this very machine.
    allowPrivateAddresses: true,
  },
  toPrintess(printess, 'px', { origin: 'Platen demo', backendToken: demoShop.backendToken, pollSeconds }),
  toPrintApi(printApi, 'pa', { pollSeconds }),
  toCustomersCanvas(canvas, 'cc', { ...demoShop, pollSeconds }),
];

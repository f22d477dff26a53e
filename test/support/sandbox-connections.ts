import type { CustomersCanvasSandbox } from '../sandbox/customerscanvas/sandbox.ts';
import type { PrintApiSandbox } from '../sandbox/printapi/sandbox.ts';
import type { PrintessSandbox } from '../sandbox/printess/sandbox.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Connections to the sandboxes as a config file declares them. They are on this very machine. */
export const toPrintess = (sandbox: PrintessSandbox, id = 'px', more: Settings = {}): Settings => ({
  id,
  platform: 'printess',
  baseUrl: sandbox.url,
  serviceToken: sandbox.serviceToken,
  backendToken: 'backend-token-of-the-shop',
  origin: 'Floor, site A',
  pollSeconds: 60,
  allowPrivateAddresses: true,
  ...more,
});

export const toPrintApi = (sandbox: PrintApiSandbox, id = 'pa', more: Settings = {}): Settings => ({
  id,
  platform: 'printapi',
  baseUrl: sandbox.baseUrl,
  clientId: sandbox.clientId,
  clientSecret: sandbox.clientSecret,
  pollSeconds: 60,
  allowPrivateAddresses: true,
  ...more,
});

export const toCustomersCanvas = (sandbox: CustomersCanvasSandbox, id = 'cc', more: Settings = {}): Settings => ({
  id,
  platform: 'customerscanvas',
  apiUrl: sandbox.apiUrl,
  tokenUrl: sandbox.tokenUrl,
  clientId: sandbox.clientId,
  clientSecret: sandbox.clientSecret,
  backendToken: 'backend-token-of-the-shop',
  shopifySecret: 'shopify-secret-of-the-shop',
  storefrontId: sandbox.storefronts[0].id,
  pollSeconds: 60,
  allowPrivateAddresses: true,
  ...more,
});

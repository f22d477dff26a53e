import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { parseJson, readBody } from '../http/body.ts';
import { callFaultSchema } from '../http/call-faults.ts';
import { fileFaultSchema } from '../http/file-faults.ts';
import { FILE_FIELDS } from '../http/file-server.ts';
import { replyJson } from '../http/json-reply.ts';
import { knobSchema } from '../knobs/knob-schema.ts';
import { DEMO_NAMES, demoOrder, setDemoKnobs } from './demo-orders.ts';
import { ORDER_FORMATS } from './documents.ts';
import { randomOrder } from './random-order.ts';
import type { CloudprinterSandbox } from './sandbox.ts';
import { SIGNAL_FIELDS } from './signal-endpoint.ts';

const MAXIMUM_OFFLINE_SECONDS = 3600;

const orderRequest = z.strictObject({
  /** One of the fixed set; without it, a made-up order. */
  demo: z.enum(DEMO_NAMES).optional(),
  /** Number of the made-up order; the next free one without it. */
  number: z.int().positive().optional(),
  to: z.url().optional(),
  format: z.enum(ORDER_FORMATS).optional(),
});

const knobRequest = z.discriminatedUnion('on', [
  knobSchema(FILE_FIELDS, fileFaultSchema).extend({ on: z.literal('files') }),
  knobSchema(SIGNAL_FIELDS, callFaultSchema).extend({ on: z.literal('signals') }),
]);

const offlineRequest = z.strictObject({ seconds: z.number().positive().max(MAXIMUM_OFFLINE_SECONDS) });

interface AdminDeps {
  readonly sandbox: () => CloudprinterSandbox;
  nextNumber(): number;
  readonly now: () => Date;
}

/** Answers what is below `/admin/`: send an order now, set faults, read the ledger, go offline for a while. */
export function createAdmin(deps: AdminDeps): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  async function postOrder(body: unknown, response: ServerResponse): Promise<void> {
    const wanted = orderRequest.safeParse(body ?? {});
    if (!wanted.success) return replyJson(response, 400, { message: z.prettifyError(wanted.error) });
    const sandbox = deps.sandbox();
    const { demo, number, to, format } = wanted.data;
    const made = demo === undefined ? undefined : demoOrder(demo, { orderedAt: deps.now() });
    if (made !== undefined) setDemoKnobs(sandbox, made);
    const order = made?.order ?? randomOrder(number ?? deps.nextNumber(), deps.now());
    const target = to ?? sandbox.deliverTo;
    if (target === undefined) return replyJson(response, 400, { message: 'nowhere to post to: give "to"' });
    const delivery = await sandbox.post(order, { to: target, ...(format === undefined ? {} : { format }) });
    replyJson(response, 200, delivery);
  }

  function setKnob(body: unknown, response: ServerResponse): void {
    const wanted = knobRequest.safeParse(body);
    if (!wanted.success) {
      replyJson(response, 400, { message: z.prettifyError(wanted.error) });
      return;
    }
    const { fileKnobs, signalKnobs } = deps.sandbox();
    const { on, ...knob } = wanted.data;
    const handle = wanted.data.on === 'files' ? fileKnobs.set(wanted.data) : signalKnobs.set(wanted.data);
    replyJson(response, 200, { id: handle.id, on, ...knob });
  }

  function goOffline(body: unknown, response: ServerResponse): void {
    const wanted = offlineRequest.safeParse(body);
    if (!wanted.success) {
      replyJson(response, 400, { message: z.prettifyError(wanted.error) });
      return;
    }
    // Only after this answer is out, since going offline cuts its connection too.
    response.on('close', () => void deps.sandbox().goOfflineFor(wanted.data.seconds * 1000));
    response.setHeader('connection', 'close');
    replyJson(response, 200, wanted.data);
  }

  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
    const { fileKnobs, signalKnobs, ledger } = deps.sandbox();
    const body = request.method === 'POST' ? parseJson(await readBody(request)) : undefined;
    switch (`${request.method} ${pathname}`) {
      case 'POST /admin/orders':
        return postOrder(body, response);
      case 'POST /admin/knobs':
        return setKnob(body, response);
      case 'GET /admin/knobs':
        return replyJson(response, 200, { files: fileKnobs.list(), signals: signalKnobs.list() });
      case 'DELETE /admin/knobs':
        fileKnobs.clear();
        signalKnobs.clear();
        return replyJson(response, 200, {});
      case 'GET /admin/ledger': {
        const after = Number(searchParams.get('after') ?? 0);
        const kind = searchParams.get('kind');
        const entries = ledger.all().filter((e) => e.sequence > after && (kind === null || e.kind === kind));
        return replyJson(response, 200, entries);
      }
      case 'POST /admin/offline':
        return goOffline(body, response);
      default:
        return replyJson(response, 404, {
          message:
            'POST /admin/orders, /admin/knobs, /admin/offline; GET /admin/knobs, /admin/ledger; DELETE /admin/knobs',
        });
    }
  };
}

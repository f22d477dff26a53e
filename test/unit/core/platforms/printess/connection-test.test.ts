import { expect, it } from 'vitest';
import { createPrintessSandbox } from '../../../../sandbox/printess/sandbox.ts';
import { printess, type WayOptions, wayTo } from './printess-way.ts';

const { platform } = printess;

type Sandbox = Awaited<ReturnType<typeof createPrintessSandbox>>;

/** The steps of a test against a sandbox that was prepared, each in a line. */
const steps = async (options: (sandbox: Sandbox) => WayOptions = () => ({})) => {
  await using sandbox = await createPrintessSandbox();
  const result = await platform.test(wayTo(sandbox, { answerTimeoutMs: 1_000, ...options(sandbox) }));
  const changed = sandbox.ledger.ofKind('call').filter(({ endpoint }) => /produce|retry/.test(endpoint));
  expect(changed).toEqual([]);
  return result.map(({ step, ok, detail }) => `${ok ? 'ok' : 'not ok'} ${step}: ${detail}`);
};

it('the service token is good for everything', async () => {
  expect(
    await steps((sandbox) => {
      sandbox.start({ templateName: 't', origin: 'WC' });
      return {};
    }),
  ).toEqual([
    expect.stringMatching(/^ok Address: 127\.0\.0\.1:\d+ was reached \(it answered 200\)$/),
    'ok Service token: Printess takes the token',
    'ok Order list: orders can be listed; Printess counts 1',
  ]);
});

it('the shop token is told from a wrong one', async () => {
  const shop = await steps((sandbox) => ({ token: sandbox.shopToken }));
  expect(shop[1]).toMatch(/^not ok Service token: .*it is the shop token/);
  const wrong = await steps(() => ({ token: 'wrong' }));
  expect(wrong).toHaveLength(2);
  expect(wrong[1]).toMatch(/^not ok Service token: 127\.0\.0\.1:\d+ refuses the token \(401\)$/);
  expect(await steps(() => ({ token: null }))).toEqual(['not ok Service token: the service token is missing']);
});

it('a wrong address, a page of something in between and a dead server are told apart', async () => {
  expect(await steps((sandbox) => ({ settings: { baseUrl: `${sandbox.url}/other` } }))).toEqual([
    expect.stringContaining('ok Address'),
    expect.stringContaining('has no Printess API at this address (404): check baseUrl'),
  ]);
  const page = await steps((sandbox) => {
    sandbox.callKnobs.set({ fault: { kind: 'page' } });
    return {};
  });
  expect(page[1]).toContain('something else than Printess documents');
  const dead = await steps((sandbox) => ({ settings: { baseUrl: sandbox.url.replace(/:\d+$/, ':9') } }));
  expect(dead).toEqual([expect.stringMatching(/^not ok Address: 127\.0\.0\.1:9 refuses connections$/)]);
});

it('an origin that Printess has no orders of is named', async () => {
  const taking = (origin: string) =>
    steps((sandbox) => {
      sandbox.start({ templateName: 't', origin: 'WC shop' });
      return { settings: { discoverOrigins: [origin] } };
    });
  expect((await taking('WC shop')).at(-1)).toContain('ok Origins');
  expect((await taking('WC Shop')).at(-1)).toBe(
    'not ok Origins: Printess has no orders of WC Shop: check how it is written',
  );
});

it('origins are offered to choose from', async () => {
  await using sandbox = await createPrintessSandbox();
  for (const origin of ['WC', 'Magento', 'WC']) sandbox.start({ templateName: 't', origin });
  expect(await platform.choices?.(wayTo(sandbox), 'discoverOrigins')).toMatchObject({
    kind: 'choices',
    choices: [
      { value: 'WC', text: 'WC' },
      { value: 'Magento', text: 'Magento' },
    ],
  });
  expect(await platform.choices?.(wayTo(sandbox, { token: 'wrong' }), 'discoverOrigins')).toMatchObject({
    kind: 'failed',
    failure: { class: 'refused' },
  });
});

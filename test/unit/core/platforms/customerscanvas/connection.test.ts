import { describe, expect, it } from 'vitest';
import { openCanvasShop } from './canvas-shop.ts';

describe('The token', () => {
  it('goes to the gateway and nowhere else', async () => {
    await using shop = await openCanvasShop();
    const { apiUrl, fileUrl } = shop.sandbox;
    const authorize = (url: string) => shop.jobs.authorize?.(shop.way(), url, false);
    expect(await authorize(`${apiUrl}/api/storage/v1/artifacts/a/file`)).toMatchObject({
      kind: 'headers',
      headers: { authorization: expect.stringMatching(/^Bearer .{20,}/u) },
    });
    for (const url of [`${fileUrl}/public/a`, 'not an address', apiUrl.replace('http:', 'https:'), `${apiUrl}0/a`]) {
      expect(await authorize(url)).toMatchObject({ kind: 'failed', failure: { class: 'rejected' } });
    }
  });

  it('fetches the file that a check told of', async () => {
    await using shop = await openCanvasShop();
    const { files } = await shop.look(shop.place({ orderId: '1' }).id);
    const [file] = files ?? [];
    const url = file?.url ?? '';
    const authorization = await shop.jobs.authorize?.(shop.way(), url, false);
    const headers = authorization?.kind === 'headers' ? authorization.headers : {};
    const answer = await fetch(url, { headers });
    expect((await answer.arrayBuffer()).byteLength).toBe(file?.expectedBytes);
    expect(shop.sandbox.ledger.ofKind('leak')).toEqual([]);
  });

  it('is asked for with the scope that is set', async () => {
    await using shop = await openCanvasShop();
    const bodies: string[] = [];
    const way = shop.way({ scope: 'Projects_read Artifacts_read' });
    await shop.platform.test({
      ...way,
      call(request) {
        if (request.url === shop.sandbox.tokenUrl) bodies.push(request.body?.text ?? '');
        return way.call(request);
      },
    });
    expect(new URLSearchParams(bodies[0]).get('scope')).toBe('Projects_read Artifacts_read');
  });
});

describe('The test of a connection', () => {
  it('passes in steps', async () => {
    await using shop = await openCanvasShop();
    shop.place({ orderId: '1', projects: [{}, {}] });
    const steps = await shop.platform.test(shop.way());
    expect(steps.every(({ ok }) => ok)).toBe(true);
    expect(steps.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('version 2.68.1'),
      expect.stringContaining('gave one for 60 min'),
      'Projects_full, Artifacts_read, Tenants_read',
      'Example Print',
      '42: Example shop (Shopify)',
      '2 on this storefront',
      'can be read',
    ]);
  });

  it('names missing scopes, a wrong storefront and a wrong secret', async () => {
    await using shop = await openCanvasShop({ scopes: ['Projects_read'] });
    const failed = async (settings: Readonly<Record<string, unknown>>) =>
      (await shop.platform.test(shop.way(settings))).filter(({ ok }) => !ok).map(({ detail }) => detail);

    expect(await failed({})).toEqual([
      expect.stringMatching(/^missing: Projects_full .*Artifacts_read/u),
      expect.stringContaining('Artifacts_read'),
    ]);
    expect(await failed({ storefrontId: 7 })).toContainEqual(
      expect.stringContaining('42 Example shop, 43 Second shop'),
    );
    expect(await failed({ clientId: 'someone' })).toEqual([expect.stringContaining('refuses the client id')]);
  });

  it('says when there is no gateway', async () => {
    await using shop = await openCanvasShop();
    const [gateway] = await shop.platform.test(shop.way({ apiUrl: 'http://127.0.0.1:9' }));
    expect(gateway).toMatchObject({ ok: false, detail: expect.stringContaining('refuses connections') });
  });
});

describe('The choices of a setting', () => {
  it('are the storefronts of the tenant', async () => {
    await using shop = await openCanvasShop();
    expect(await shop.platform.choices?.(shop.way({ storefrontId: null }), 'storefrontId')).toEqual({
      kind: 'choices',
      choices: [
        { value: '42', text: 'Example shop (Shopify, 42)' },
        { value: '43', text: 'Second shop (WooCommerce, 43)' },
      ],
      note: null,
    });
  });

  it('are the transitions of its workflow, with a word on what a status can start', async () => {
    await using shop = await openCanvasShop();
    const offered = await shop.platform.choices?.(shop.way(), 'doneTransition');
    expect(offered).toMatchObject({ kind: 'choices', note: expect.stringContaining('can start a pipeline') });
    const choices = offered?.kind === 'choices' ? offered.choices : [];
    expect(choices).toContainEqual({ value: 'Complete', text: 'Complete (Active → Completed)' });
  });

  it('fail with the platform’s own words', async () => {
    await using shop = await openCanvasShop({ scopes: [] });
    expect(await shop.platform.choices?.(shop.way(), 'doneTransition')).toMatchObject({ kind: 'failed' });
  });
});

import { expect, it } from 'vitest';
import { mostShopValues, parseJson } from '../../../../main/core/platforms/parse-json.ts';
import { readShopOrders } from '../../../../main/core/platforms/printess/shop-orders.ts';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

it('what is nested so deep that nobody could write it down again counts as no JSON', () => {
  expect(parseJson(nested(100))).toBeInstanceOf(Array);
  expect(parseJson(nested(101))).toBeUndefined();
  expect(parseJson(`"${nested(200)}"`)).toBe(nested(200));
  const order = (depth: number) => Buffer.from(`{"order":"1","template":"Card","outputSettings":${nested(depth)}}`);
  expect(readShopOrders(order(50))).toMatchObject({ kind: 'read' });
  expect(readShopOrders(order(50_000))).toEqual({ kind: 'invalid', message: 'the body is not valid JSON' });
});

it('a shop that hands over more values than any order has is refused before they are looked at', () => {
  const list = (entries: number): string => `[${'0,'.repeat(entries)}0]`;
  expect(parseJson(list(mostShopValues - 1), { mostValues: mostShopValues })).toHaveLength(mostShopValues);
  expect(parseJson(list(mostShopValues), { mostValues: mostShopValues })).toBeUndefined();
  expect(parseJson(list(mostShopValues))).toHaveLength(mostShopValues + 1);
});

it('half a character, which cannot be stored, is none; whole ones and what only looks like one stay', () => {
  expect(parseJson(String.raw`["\ud800", "\uDC00\ud83d", "a\udfffb"]`)).toEqual(['\ufffd', '\ufffd\ufffd', 'a\ufffdb']);
  expect(parseJson(String.raw`{"\ud83d\ude00": "\\ud800 \"\ud83D\uDE00", "\ud800": "\u00e9\n"}`)).toEqual({
    '😀': String.raw`\ud800 "😀`,
    '\ufffd': 'é\n',
  });
});

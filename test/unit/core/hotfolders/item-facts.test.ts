import { describe, expect, test } from 'vitest';
import type { HandoverState } from '../../../../main/contract/values.ts';
import { handoverFacts } from '../../../../main/core/hotfolders/item-facts.ts';

const file = (...states: readonly HandoverState[]) => ({
  handovers: states.map((state) => ({ state, sentAtMs: null })),
});
const nothing = { handedOverAtMs: null, pickedUpAtMs: null };

describe('the facts of an item', () => {
  test('it is handed over when every print file is', () => {
    expect(handoverFacts([file('sent'), file('intended')], nothing, 5)).toEqual(nothing);
    expect(handoverFacts([file('sent'), file('pickedUp')], nothing, 5).handedOverAtMs).toBe(5);
  });

  test('it is picked up when every print file was taken', () => {
    expect(handoverFacts([file('pickedUp'), file('sent')], nothing, 5).pickedUpAtMs).toBeNull();
    expect(handoverFacts([file('pickedUp'), file('pickedUp')], nothing, 5).pickedUpAtMs).toBe(5);
  });

  test('facts keep the moment at which they became true', () => {
    const before = { handedOverAtMs: 1, pickedUpAtMs: 2 };
    expect(handoverFacts([file('pickedUp')], before, 5)).toEqual(before);
    expect(handoverFacts([file('pickedUp', 'sent')], before, 5)).toEqual(before);
  });

  test('a fact that no longer holds is cleared', () => {
    expect(handoverFacts([file('undone')], { handedOverAtMs: 1, pickedUpAtMs: null }, 5)).toEqual(nothing);
  });

  test('a file that only may have arrived proves nothing, one that was seen there proves that it was handed over', () => {
    expect(handoverFacts([file('maybeSent')], nothing, 5)).toEqual(nothing);
    const seen = { handovers: [{ state: 'maybeSent' as const, sentAtMs: 3 }] };
    expect(handoverFacts([seen], nothing, 5)).toEqual({ handedOverAtMs: 5, pickedUpAtMs: null });
  });

  test('an item without print files is never handed over', () => {
    expect(handoverFacts([], nothing, 5)).toEqual(nothing);
  });
});

import type { Page } from 'playwright-core';

/**
 * Words of the app itself that do not fit their place, each in one line: a word that is broken in two on a button, a
 * tab or a label, one that a field cuts off, and a short text that ends in an ellipsis.
 */
export const wordFaults = (page: Page): Promise<readonly string[]> => page.evaluate(findWordFaults);

/** Runs inside the page, so it can use nothing from outside of itself. */
const findWordFaults = (): string[] => {
  const faults: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    const place = node.parentElement?.closest('button, a, label, legend, th, dt, h1, h2, h3, summary');
    if (!(node instanceof Text) || place == null || !place.checkVisibility()) continue;
    for (const { 0: word, index } of node.data.matchAll(/\p{Letter}+/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) faults.push(`broken: “${word}” in “${(place.textContent ?? '').trim().slice(0, 60)}”`);
    }
  }
  const pen = document.createElement('canvas').getContext('2d');
  if (pen === null) return ['nothing to measure with'];
  for (const field of document.querySelectorAll('input')) {
    const text = field.value === '' ? field.placeholder : field.value;
    const choosable = field.value === '' || field.getAttribute('aria-haspopup') === 'listbox';
    const { font, paddingLeft, paddingRight } = getComputedStyle(field);
    pen.font = font;
    const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    // What a field shows in place of a value counts for nothing in its scroll width.
    if (choosable && field.checkVisibility() && pen.measureText(text).width > room + 1) {
      faults.push(`cut off in its field: “${text}”`);
    }
  }
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const { textOverflow } = getComputedStyle(element);
    const text = (element.textContent ?? '').trim();
    if (textOverflow !== 'ellipsis' || text.length > 30 || element instanceof HTMLInputElement) continue;
    if (element.checkVisibility() && element.scrollWidth > element.clientWidth + 1) faults.push(`shortened: “${text}”`);
  }
  return [...new Set(faults)];
};

import type { Page } from 'playwright-core';

/**
 * What is wrong with the layout of what a page shows now, each in one line: text that is cut off without an ellipsis,
 * texts and controls that lie over each other, and controls that are too low for a gloved finger (main actions 76 px,
 * all others 44 px). With a dialog open only the dialog is looked at.
 */
export const layoutFaults = async (page: Page): Promise<readonly string[]> => {
  // Two frames: one in which a changed size takes effect, one in which what follows from it is drawn.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page.evaluate(findFaults);
};

/** Runs inside the page, so it can use nothing from outside of itself. */
const findFaults = (): string[] => {
  const mainHeight = 76;
  const usualHeight = 44;
  const slack = 2;
  const scope: Element = [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? document.body;
  const faults: string[] = [];

  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
  const nameOf = (element: Element): string =>
    `<${element.tagName.toLowerCase()}> “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}”`;
  const overlap = (one: Box, other: Box): boolean =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > slack &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > slack;
  const meet = (one: Box, other: Box): Box => ({
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  });
  const isEmpty = (box: Box): boolean => box.right - box.left < 1 || box.bottom - box.top < 1;
  const isCutting = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
  /** Asked for thousands of times, of a page that stands still meanwhile. */
  const remembered = <Found>(look: (element: Element) => Found): ((element: Element) => Found) => {
    const known = new Map<Element, Found>();
    return (element) => {
      const found = known.get(element) ?? look(element);
      known.set(element, found);
      return found;
    };
  };
  const edgeOf = remembered((element) => element.getBoundingClientRect());
  const styleOf = remembered((element) => {
    const style = getComputedStyle(element);
    return {
      cutsX: isCutting(style.overflowX),
      cutsY: isCutting(style.overflowY),
      endsInEllipsis: style.textOverflow === 'ellipsis',
      // A text of so many lines at most ends in an ellipsis, too.
      isClamped: style.webkitLineClamp !== 'none',
      showsAll: style.display === 'inline' || (style.overflowX === 'visible' && style.overflowY === 'visible'),
      floats: ['fixed', 'sticky'].includes(style.position),
    };
  });
  const ancestorsOf = remembered((element) => {
    const found: Element[] = [];
    for (let at: Element | null = element; at !== null; at = at.parentElement) found.push(at);
    return found;
  });
  // Words for screen readers alone are kept in a box of one pixel.
  const isDot = remembered((element) => element.clientWidth === 1 && element.clientHeight === 1);
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !ancestorsOf(element).some(isDot);
  /** What floats above the rest covers it on purpose. */
  const layerOf = (element: Element): Element => ancestorsOf(element).find((at) => styleOf(at).floats) ?? document.body;

  /** The part of a box that is seen, and what cuts the rest off; scrolling is no cutting. */
  const seenPart = (box: Box, element: Element): { readonly seen: Box; readonly cutBy: Element | null } => {
    let seen = box;
    let cutBy: Element | null = null;
    let scrolls = false;
    for (const at of ancestorsOf(element)) {
      const style = styleOf(at);
      if (style.showsAll) continue;
      const edge = edgeOf(at);
      const cutsX =
        style.cutsX && !style.endsInEllipsis && (seen.right > edge.right + slack || seen.left < edge.left - slack);
      const cutsY =
        style.cutsY && !style.isClamped && (seen.bottom > edge.bottom + slack || seen.top < edge.top - slack);
      if (!scrolls && (cutsX || cutsY)) cutBy ??= at;
      if (!style.cutsX || !style.cutsY) scrolls = true;
      seen = meet(seen, edge);
    }
    return { seen, cutBy };
  };

  const texts: { readonly box: Box; readonly node: Text; readonly layer: Element }[] = [];
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!(node instanceof Text) || node.data.trim() === '' || parent === null || !isShown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const { seen, cutBy } = seenPart(rect, parent);
      if (cutBy !== null) faults.push(`cut: “${node.data.trim().slice(0, 60)}” by ${nameOf(cutBy).slice(0, 60)}`);
      if (!isEmpty(seen)) texts.push({ box: seen, node, layer: layerOf(parent) });
    }
  }
  texts.forEach((one, index) => {
    for (const other of texts.slice(index + 1)) {
      if (one.node === other.node || one.layer !== other.layer || !overlap(one.box, other.box)) continue;
      faults.push(`text over text: “${one.node.data.trim()}” and “${other.node.data.trim()}”`);
    }
  });

  const controls = [
    ...scope.querySelectorAll('button, a[href], input, textarea, select, summary, [role="button"], [role="option"]'),
  ]
    .filter(isShown)
    .map((element) => {
      const whole = element.getBoundingClientRect();
      return { element, whole, box: seenPart(whole, element).seen, layer: layerOf(element) };
    })
    .filter(({ box }) => !isEmpty(box));
  /** A field may hold a button of its own. */
  const fieldOf = (element: Element): Element | null => element.closest('.mantine-Input-wrapper');
  controls.forEach((one, index) => {
    for (const other of controls.slice(index + 1)) {
      if (one.layer !== other.layer || one.element.contains(other.element) || other.element.contains(one.element)) {
        continue;
      }
      if (fieldOf(one.element) !== null && fieldOf(one.element) === fieldOf(other.element)) continue;
      if (overlap(one.box, other.box)) {
        faults.push(`control over control: ${nameOf(one.element)} and ${nameOf(other.element)}`);
      }
    }
  });

  /** How high the area is that a finger can hit: a link may reach beyond its words. */
  const hitHeight = (element: Element, whole: Box): number => {
    const x = (whole.left + whole.right) / 2;
    const middle = (whole.top + whole.bottom) / 2;
    const hits = (y: number): boolean => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (element.contains(hit) || (hit.contains(element) && hit.closest('label') !== null));
    };
    let height = 0;
    for (let y = middle; height < mainHeight && hits(y); y -= 1) height += 1;
    for (let y = middle + 1; height < mainHeight && hits(y); y += 1) height += 1;
    return height;
  };
  for (const { element, whole, box } of controls) {
    if (box.bottom - box.top < whole.bottom - whole.top - slack) continue;
    const wanted = (element.getAttribute('data-size') === 'main' ? mainHeight : usualHeight) - 0.5;
    if (whole.bottom - whole.top >= wanted) continue;
    const height = Math.max(whole.bottom - whole.top, hitHeight(element, whole));
    if (height < wanted) faults.push(`too low: ${nameOf(element)} is ${Math.round(height)} px`);
  }
  return [...new Set(faults)];
};

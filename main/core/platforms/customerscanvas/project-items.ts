import type { IncomingOption } from '../../domain/incoming-order.ts';
import type { JobItem } from '../../domain/job-sighting.ts';
import type { WireItem, WireProject } from './schema.ts';

const externalIdOf = ({ id, items }: WireProject, item: WireItem): string =>
  items.length === 1 ? id : `${id}-${item.id}`;

/** The station's ids of a project's items, by those that its result files name. */
export const itemExternalIds = (project: WireProject): ReadonlyMap<string, string> =>
  new Map(project.items.map((item) => [item.id, externalIdOf(project, item)]));

/** `fields` are what the shop's buyer or a rule chose: paper, finish, flags that steer the pipeline. */
const optionsOf = (item: WireItem): readonly IncomingOption[] =>
  Object.entries(item.fields ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .map(([code, value]) => ({
      code,
      description: typeof value === 'string' ? value : JSON.stringify(value),
      count: '',
      type: 'field',
    }));

/** What the project makes. Quantity and SKU stand on items; a project that lists none is one item itself. */
export const toJobItems = (project: WireProject): readonly JobItem[] => {
  if (project.items.length === 0) {
    const { id: externalId, name: title, productReference: product } = project;
    return [{ externalId, title, product, description: '', copies: 0, pages: null, options: [] }];
  }
  return project.items.map((item) => ({
    externalId: externalIdOf(project, item),
    title: item.name || project.name,
    product: item.sku || item.productReference || project.productReference,
    description: '',
    // 0 is "not told", and a warning says so.
    copies: item.quantity ?? 0,
    pages: null,
    options: optionsOf(item),
  }));
};

export const lacksQuantity = ({ items }: WireProject): boolean =>
  items.length === 0 || items.some(({ quantity }) => quantity === null || quantity === 0);

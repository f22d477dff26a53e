import { isTreeList, isTreeObject, type Tree, type TreeObject, treeObject } from './tree.ts';

/** The lists of an order document: the name in JSON, and that of the element XML repeats for it. */
type Lists = Readonly<Record<string, { readonly element: string; readonly inside: Lists }>>;

const files: Lists = { files: { element: 'file', inside: {} } };
const orderLists: Lists = {
  addresses: { element: 'address', inside: {} },
  ...files,
  items: { element: 'item', inside: { ...files, options: { element: 'option', inside: {} } } },
};

const asList = (tree: Tree | undefined): readonly Tree[] => {
  if (tree === undefined || tree === '' || tree === null) return [];
  return isTreeList(tree) ? tree : [tree];
};

/** Both forms count, and both at once: `<file>` right here, and `<files><file>`. What else a wrapper holds is kept. */
const collected = (wrapper: Tree | undefined, bare: Tree | undefined, element: string): readonly Tree[] => {
  const wrapped = asList(wrapper).flatMap((entry) => {
    if (!isTreeObject(entry) || entry[element] === undefined) return [entry];
    const { [element]: inner, ...rest } = entry;
    return [...asList(inner), ...(Object.keys(rest).length === 0 ? [] : [rest])];
  });
  return [...wrapped, ...asList(bare)];
};

const withLists = (tree: Tree, lists: Lists): Tree => {
  if (!isTreeObject(tree)) return tree;
  const wrappers = Object.keys(lists);
  const elements = Object.values(lists).map(({ element }) => element);
  const others = Object.entries(tree).filter(([name]) => !wrappers.includes(name) && !elements.includes(name));
  const found = Object.entries(lists).flatMap(([wrapper, { element, inside }]) => {
    if (tree[wrapper] === undefined && tree[element] === undefined) return [];
    const entries = collected(tree[wrapper], tree[element], element).map((entry) => withLists(entry, inside));
    return [[wrapper, entries] as const];
  });
  return treeObject([...others, ...found]);
};

/** The order's lists under their JSON names, whichever way the XML wrote them. */
export const withJsonLists = (document: TreeObject): TreeObject => {
  const { order } = document;
  return order === undefined ? document : { ...document, order: withLists(order, orderLists) };
};

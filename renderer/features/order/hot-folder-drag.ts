/** The kind of a drag of an item's files within the page. It holds the item, as a target may read nothing else before the drop. */
const kindOf = (itemId: number): string => `application/x-platen-files-of-${itemId}`;

/** Puts files of an item into a drag; null is the whole item. */
export const putDraggedFiles = (drag: DataTransfer, itemId: number, files: readonly number[] | null): void => {
  drag.effectAllowed = 'copy';
  drag.setData(kindOf(itemId), files === null ? '' : files.join(' '));
};

/** Whether a drag over a target is one of files of this item. */
export const isDragOf = (drag: DataTransfer, itemId: number): boolean => drag.types.includes(kindOf(itemId));

/** The files of a drop; null is the whole item. */
export const draggedFiles = (drag: DataTransfer, itemId: number): readonly number[] | null => {
  const text = drag.getData(kindOf(itemId));
  return text === '' ? null : text.split(' ').map(Number);
};

import type { DatabaseLook } from '../store/look-protocol.ts';

/** What a database file is, in a few words after `it is`. */
export const lookWord = (look: DatabaseLook): string => {
  switch (look.kind) {
    case 'good':
      return 'good';
    case 'missing':
      return 'missing';
    case 'empty':
      return 'damaged: it is empty';
    case 'damaged':
      return `damaged: ${look.reason}`;
    case 'foreign':
      return 'not a database of Platen';
    case 'newer':
      return `made by a newer Platen (schema ${look.schema})`;
  }
};

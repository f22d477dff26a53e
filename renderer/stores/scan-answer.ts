/** What a command sheet can say; each acts on the current item, but for `clear`, which lets go of it. */
export const scanCommands = ['produced', 'packed', 'ship', 'hold', 'resume', 'undo', 'clear'] as const;
export type ScanCommand = (typeof scanCommands)[number];

/** Why a command does not fit the current item. */
export type ScanRefusal =
  | 'outsourced'
  | 'notTaken'
  | 'held'
  | 'notHeld'
  | 'alreadyHeld'
  | 'alreadySaid'
  | 'onItsWay'
  | 'stuck'
  | 'past'
  | 'over';

/** What a scan led to. */
export type ScanAnswer =
  | { readonly kind: 'itemShown' }
  | { readonly kind: 'orderOpened'; readonly externalId: string }
  | { readonly kind: 'trackingAsked' }
  | { readonly kind: 'done'; readonly command: ScanCommand }
  | { readonly kind: 'unknownItem'; readonly code: string }
  | { readonly kind: 'unknownCode'; readonly code: string }
  | { readonly kind: 'noItemYet'; readonly command: ScanCommand }
  | { readonly kind: 'noTracking'; readonly code: string }
  | { readonly kind: 'refused'; readonly command: ScanCommand; readonly why: ScanRefusal }
  | { readonly kind: 'nothingToUndo' }
  | { readonly kind: 'severalOrders'; readonly code: string; readonly count: number }
  | { readonly kind: 'dialogOpen' }
  /** It waited for too long, and nothing was done. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'notSignedIn' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'failed'; readonly message: string };

/** How a scan ended for whoever stands there: done; not what belonged here; or something to look at the screen for. */
export type ScanKind = 'good' | 'wrong' | 'attention';

export const scanKindOf: Readonly<Record<ScanAnswer['kind'], ScanKind>> = {
  itemShown: 'good',
  orderOpened: 'good',
  trackingAsked: 'good',
  done: 'good',
  unknownItem: 'wrong',
  unknownCode: 'wrong',
  noItemYet: 'wrong',
  noTracking: 'wrong',
  refused: 'wrong',
  nothingToUndo: 'wrong',
  severalOrders: 'attention',
  dialogOpen: 'attention',
  expired: 'attention',
  notSignedIn: 'attention',
  unreachable: 'attention',
  failed: 'attention',
};

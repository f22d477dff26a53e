/** Under whose name a parcel leaves. */
export type Sender =
  /** The name that the order gives; no other may stand on or in the parcel. */
  | { readonly kind: 'consignor'; readonly name: string }
  | { readonly kind: 'shop'; readonly name: string }
  /** The platform prescribes the sender, and this order names none: a person has to ask. */
  | { readonly kind: 'missing' };

export interface SenderFacts {
  readonly consignor: string;
  /** Whether the platform prescribes who the sender is. */
  readonly prescribed: boolean;
  readonly shop: string;
}

export const senderOf = ({ consignor, prescribed, shop }: SenderFacts): Sender => {
  if (consignor.trim() !== '') return { kind: 'consignor', name: consignor.trim() };
  return prescribed ? { kind: 'missing' } : { kind: 'shop', name: shop };
};

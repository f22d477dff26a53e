/** Lets the next thing happen at a platform, and says in one line what it was. */
export type Activity = () => Promise<string>;

/** Where the shop's own systems hand orders over to the station, and what they prove themselves with. */
export interface ShopTarget {
  readonly ordersUrl: string;
  readonly secret: string;
}

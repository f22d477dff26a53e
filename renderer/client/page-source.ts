/** Where the bytes of a ready file are, how many, and what they are. */
export interface PageSource {
  readonly url: string;
  readonly bytes: number;
  /** As the platform calls it: `pdf`, `.PNG`, `image/jpeg`. */
  readonly format: string;
}

export const isPdf = (format: string): boolean => /pdf$/i.test(format);
export const isPicture = (format: string): boolean => /(?:png|jpe?g|jpe)$/i.test(format);

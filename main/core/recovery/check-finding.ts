/** Something that a check found, and what to do about it: a line each. */
export interface Finding {
  readonly code: string;
  readonly text: string;
  readonly advice: string;
}

/** What a command found out: as data for `--json`, as lines for a person. */
export interface Answer {
  readonly json: unknown;
  readonly lines: (view: View) => readonly string[];
  /** Set when the answer itself is a failure: one line, after the answer, and an exit code that says so. */
  readonly failure?: string;
}

/** What lines for a person depend on. */
export interface View {
  /** Characters in a line. */
  readonly width: number;
  readonly nowMs: number;
}

/** Lines are never wider than this, however wide the terminal is. */
export const widestLine = 100;

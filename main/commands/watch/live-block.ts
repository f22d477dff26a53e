/** Lines at the foot of a terminal that are drawn anew in place, while other lines scroll away above them. */
export class LiveBlock {
  readonly #out: (text: string) => void;
  #lines: readonly string[] = [];

  constructor(out: (text: string) => void) {
    this.#out = out;
  }

  /** Prints lines that stay, above the block. */
  scroll(lines: readonly string[]): void {
    if (lines.length > 0) this.#draw(lines, this.#lines);
  }

  /** Replaces the block. */
  show(lines: readonly string[]): void {
    this.#draw([], lines);
  }

  #draw(above: readonly string[], block: readonly string[]): void {
    const erase = this.#lines.length === 0 ? '' : `\x1b[${this.#lines.length}A\x1b[0J`;
    this.#out(erase + [...above, ...block].map((line) => `${line}\n`).join(''));
    this.#lines = block;
  }
}

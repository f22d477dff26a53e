const mask = '***';
/** A shorter beginning of a secret says nothing. */
const shortestPiece = 4;

/** The forms in which an answer may echo a header's value: with its scheme and without, plain, and as other notations write it. */
const writtenForms = (value: string): readonly string[] => {
  const secret = value.slice(value.indexOf(' ') + 1).trim();
  return [value.trim(), secret]
    .filter((text) => text.length >= shortestPiece)
    .flatMap((text) => [
      text,
      JSON.stringify(text).slice(1, -1),
      text.replaceAll('/', '\\/'),
      encodeURIComponent(text.toWellFormed()),
      Buffer.from(text).toString('base64'),
    ]);
};

/** Takes the values of a request's credentials out of what the other side says about it. */
export class HeaderMask {
  /** The longest first, so that none leaves a piece of another. */
  readonly #forms: readonly string[];

  constructor(credentials: Readonly<Record<string, string>>) {
    const forms = new Set(Object.values(credentials).flatMap(writtenForms));
    this.#forms = [...forms].toSorted((left, right) => right.length - left.length);
  }

  masked(text: string): string {
    return this.#forms.reduce((masked, form) => masked.replaceAll(form, mask), text);
  }

  /** The same for a text that may have been cut off in the middle of a secret. */
  maskedPiece(text: string): string {
    const masked = this.masked(text);
    for (const form of this.#forms) {
      for (let length = form.length - 1; length >= shortestPiece; length -= 1) {
        if (masked.endsWith(form.slice(0, length))) return `${masked.slice(0, -length)}${mask}`;
      }
    }
    return masked;
  }
}

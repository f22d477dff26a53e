export type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Inputs that a key press writes nothing into. */
const wordless: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

/** The field that a key press would write into now. */
export const fieldInFocus = (document: Document): TextField | null => {
  const { activeElement } = document;
  if (activeElement instanceof HTMLTextAreaElement) return activeElement.readOnly ? null : activeElement;
  if (!(activeElement instanceof HTMLInputElement)) return null;
  return activeElement.readOnly || wordless.has(activeElement.type) ? null : activeElement;
};

/** What stands in a field, and what of it is selected; some fields, such as those for numbers, tell no selection. */
export interface FieldContent {
  readonly value: string;
  readonly start: number | null;
  readonly end: number | null;
}

export const contentOf = ({ value, selectionStart, selectionEnd }: TextField): FieldContent => ({
  value,
  start: selectionStart,
  end: selectionEnd,
});

/** The content after a text was typed over the selection. */
export const typedInto = ({ value, start, end }: FieldContent, text: string): FieldContent => {
  const from = start ?? value.length;
  const caret = from + text.length;
  return { value: value.slice(0, from) + text + value.slice(end ?? value.length), start: caret, end: caret };
};

/** Puts a content into a field as if it had been typed, so that whoever listens to the field knows of it. */
export const putInto = (field: TextField, { value, start, end }: FieldContent): void => {
  if (field.value !== value) {
    // React notes what is assigned to an element of its own; the prototype's setter passes it by, so it sees a change.
    const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  if (start !== null && end !== null) field.setSelectionRange(start, end);
};

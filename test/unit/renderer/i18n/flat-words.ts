/** Every key of a catalogue with its words, as `group.name`. */
export const flatWords = (node: object, prefix = ''): readonly (readonly [string, string])[] =>
  Object.entries(node).flatMap(([name, value]): readonly (readonly [string, string])[] =>
    typeof value === 'string' ? [[prefix + name, value]] : flatWords(value, `${prefix}${name}.`),
  );

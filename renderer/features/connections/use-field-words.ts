import { useMemo } from 'react';
import { readableCode } from '../../i18n/code-words.ts';
import { useNameWords } from '../../ui/use-name-words.ts';

export interface FieldWords {
  readonly label: (name: string) => string;
  readonly help: (name: string) => string | null;
  readonly option: (name: string, value: string) => string;
}

/** The words of a platform's fields: those of the platform, else those that all share, else the name made readable. */
export const useFieldWords = (platform: string): FieldWords => {
  const words = useNameWords();
  return useMemo(() => {
    const find = (family: 'field' | 'fieldHelp' | 'fieldOption', name: string): string | null =>
      words(family, `${platform}.${name}`) ?? words(family, name);
    return {
      label: (name) => find('field', name) ?? readableCode(name),
      help: (name) => find('fieldHelp', name),
      option: (name, value) => find('fieldOption', `${name}.${value}`) ?? value,
    };
  }, [words, platform]);
};

import { expect, test } from 'vitest';
import { stationLines } from '../../../../main/contract/station-lines/station-lines.ts';
import da from '../../../../renderer/i18n/da.json' with { type: 'json' };
import de from '../../../../renderer/i18n/de.json' with { type: 'json' };
import en from '../../../../renderer/i18n/en.json' with { type: 'json' };
import fr from '../../../../renderer/i18n/fr.json' with { type: 'json' };
import nl from '../../../../renderer/i18n/nl.json' with { type: 'json' };

const codes = Object.keys(stationLines).toSorted();

test.each(Object.entries({ en, de, nl, da, fr }))(
  'every line of the station has its words in %s',
  (_language, catalogue) => {
    expect(Object.keys(catalogue.line).toSorted()).toEqual(codes);
  },
);

test('in English the screens say what is stored, logged and printed', () => {
  const templates = Object.entries(stationLines).map(([code, template]) => [
    code,
    template.replaceAll(/\{(\w+)(?::\w+)?\}/g, '{{$1}}'),
  ]);
  expect(en.line).toEqual(Object.fromEntries(templates));
});

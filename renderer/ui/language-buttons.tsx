import { useTranslation } from 'react-i18next';
import { useFeedback, useLanguageChoice } from '../app-context.ts';
import { languageNames, languageOf, languages } from '../i18n/languages.ts';
import { ActionButton } from './action-button.tsx';
import styles from './language-buttons.module.css';

/** The languages, each in its own words, so that everybody finds theirs whatever the screen speaks now. */
export const LanguageButtons = () => {
  const { t, i18n } = useTranslation();
  const choose = useLanguageChoice();
  const say = useFeedback((state) => state.say);
  const spoken = languageOf(i18n.language);
  return (
    <fieldset className={styles.row} aria-label={t('language.label')}>
      {languages.map((language) => (
        <ActionButton
          key={language}
          size="main"
          lang={language}
          pressed={language === spoken}
          onClick={() =>
            void choose(language).then((done) => {
              if (!done) say('failed', t('language.failed'));
            })
          }
        >
          {languageNames[language]}
        </ActionButton>
      ))}
    </fieldset>
  );
};

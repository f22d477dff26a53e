import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeView } from '../../../main/contract/station.ts';
import { noticeCause, problemCounts } from '../../stores/alert-causes.ts';
import type { Causes } from '../../stores/alert-policy.ts';
import { useCodeWords } from '../../ui/use-code-words.ts';

/** Words for what asks for attention, each in a line. */
export const useCauseWords = () => {
  const { t } = useTranslation();
  const codeWords = useCodeWords();
  return useMemo(() => {
    const countsOf = (causes: Causes): readonly string[] =>
      problemCounts.flatMap((name) => {
        const count = causes[name] ?? 0;
        return count === 0 ? [] : [t(`alerts.${name}`, { count })];
      });
    return {
      /** In full, for whoever stands before the screen. */
      full: (causes: Causes, notices: readonly NoticeView[]): readonly string[] => [
        ...notices.flatMap((notice) =>
          noticeCause(notice) in causes ? [codeWords.notice(notice.code, notice.detail, notice.text)] : [],
        ),
        ...countsOf(causes),
      ],
      /** Only how much there is: a notification can be read by anybody, and a notice may name a file or a customer. */
      discreet: (causes: Causes): readonly string[] => {
        const notices = Object.keys(causes).filter(
          (name) => !(problemCounts as readonly string[]).includes(name),
        ).length;
        return [...(notices === 0 ? [] : [t('notices.open', { count: notices })]), ...countsOf(causes)];
      },
    };
  }, [t, codeWords]);
};

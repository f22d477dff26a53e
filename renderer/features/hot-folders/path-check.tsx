import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotFolders } from '../../app-context.ts';
import type { FolderCheck, PresetChoice } from '../../stores/hot-folders-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { CheckSteps } from '../../ui/check-steps.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useWords } from '../../ui/use-words.ts';

interface PathCheckProps {
  readonly path: string;
  readonly preset: PresetChoice;
  /** What stands beside the button. */
  readonly children?: ReactNode;
}

/** The doctor of a folder: tries what a hand-over does, measures, and looks for the RIP's own folders. */
export const PathCheck = ({ path, preset, children }: PathCheckProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const check = useHotFolders((state) => state.check);
  const { busy, run } = useAction();
  const [answer, setAnswer] = useState<{ readonly path: string; readonly check: FolderCheck } | null>(null);
  const shown = answer !== null && answer.path === path ? answer.check : null;
  return (
    <div className={styles.lines}>
      <div className={styles.actions}>
        <ActionButton
          busy={busy}
          disabled={path === ''}
          onClick={() =>
            void run(async () => {
              const outcome = await check(path, { preset: preset.preset, outcome: preset.outcome });
              if (outcome.kind === 'done') setAnswer({ path, check: outcome.value });
              return outcome;
            })
          }
        >
          {t('folder.check')}
        </ActionButton>
        {children}
      </div>
      {shown !== null && (
        <>
          <CheckSteps steps={shown.steps} label={t('folder.checkResult')} />
          <p className={styles.dim}>
            {[
              shown.freeBytes === null ? '' : t('folder.free', { bytes: words.bytes(shown.freeBytes) }),
              shown.latencyMs === null ? '' : t('folder.latency', { milliseconds: words.count(shown.latencyMs) }),
            ]
              .filter((text) => text !== '')
              .join(' · ')}
          </p>
        </>
      )}
    </div>
  );
};

import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreenRules } from '../../../main/contract/people.ts';
import { usePeople } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { SwitchButton } from '../../ui/switch-button.tsx';
import { useAction } from '../../ui/use-action.ts';

/** The rules of all screens: when they sign somebody out, and station mode. */
export const RulesForm = ({ rules }: { readonly rules: ScreenRules }) => {
  const { t } = useTranslation();
  const save = usePeople((state) => state.saveRules);
  const { busy, run } = useAction();
  const [signOutMinutes, setSignOutMinutes] = useState(rules.signOutMinutes);
  const [stationMode, setStationMode] = useState(rules.stationMode);
  const changed = signOutMinutes !== rules.signOutMinutes || stationMode !== rules.stationMode;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) void run(() => save({ signOutMinutes, stationMode }), t('people.rulesSaved'));
      }}
    >
      <NumberInput
        label={t('people.signOutMinutes')}
        description={t('people.signOutMinutesHelp')}
        min={0}
        max={480}
        allowDecimal={false}
        value={signOutMinutes}
        onChange={(value) => typeof value === 'number' && setSignOutMinutes(value)}
      />
      <div className={styles.lines}>
        <div>
          <SwitchButton checked={stationMode} onChange={setStationMode}>
            {t('people.stationMode')}
          </SwitchButton>
        </div>
        <p className={styles.dim}>{t('people.stationModeHelp')}</p>
      </div>
      <div className={styles.actions}>
        <ActionButton submit busy={busy} disabled={!changed}>
          {t('people.saveRules')}
        </ActionButton>
      </div>
    </form>
  );
};

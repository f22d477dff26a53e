import { useTranslation } from 'react-i18next';
import { usePeople } from '../../app-context.ts';
import type { PickerReason } from '../../stores/people-store.ts';
import { PickerButton } from './picker-button.tsx';
import styles from './who-picker.module.css';

interface PickerFootProps {
  readonly reason: PickerReason;
  /** A name was chosen of several. */
  readonly picked: boolean;
  readonly onBack: () => void;
}

/** The ways out of the picker: back, sign out, and out of station mode. */
export const PickerFoot = ({ reason, picked, onBack }: PickerFootProps) => {
  const { t } = useTranslation();
  const signedIn = usePeople((state) => state.signedIn);
  const stationMode = usePeople((state) => state.rules.stationMode);
  const left = usePeople((state) => state.leftStationMode);
  const signOut = usePeople((state) => state.signOut);
  const leave = usePeople((state) => state.leaveStationMode);
  const goBack = usePeople((state) => state.returnToStationMode);
  return (
    <div className={styles.foot}>
      <PickerButton onClick={onBack}>{t(picked ? 'people.otherName' : 'people.close')}</PickerButton>
      {reason === 'change' && !picked && (
        <>
          {stationMode && (
            <PickerButton onClick={() => (left ? goBack() : void leave())}>
              {t(left ? 'people.enterStationMode' : 'people.leaveStationMode')}
            </PickerButton>
          )}
          {signedIn !== null && (
            <PickerButton onClick={() => void signOut()}>{t('people.signOut', { ...signedIn })}</PickerButton>
          )}
        </>
      )}
    </div>
  );
};

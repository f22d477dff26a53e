import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../../main/contract/connections.ts';
import { readableCode } from '../../i18n/code-words.ts';
import { StatusMark } from '../../ui/status-mark.tsx';

interface SecretStateProps {
  readonly name: string;
  readonly state: ConnectionView['secrets'][string];
}

/** Whether a secret is there and where it comes from; the secret itself never leaves the station. */
export const SecretState = ({ name, state }: SecretStateProps) => {
  const { t, i18n } = useTranslation();
  const key = `field.${name}`;
  return (
    <>
      <dt>{i18n.exists(key) ? t(key as 'field.orderKey') : readableCode(name)}</dt>
      <dd>
        <StatusMark mark={state === 'missing' ? 'attention' : 'done'} size={20}>
          {t(`secretIs.${state}`)}
        </StatusMark>
      </dd>
    </>
  );
};

import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../../main/contract/connections.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useFieldWords } from './use-field-words.ts';

interface SecretStateProps {
  readonly platform: string;
  readonly name: string;
  readonly state: ConnectionView['secrets'][string];
  /** Some are only for shops that use them: then it is no matter that one is not set. */
  readonly required: boolean;
}

/** Whether a secret is there and where it comes from; the secret itself never leaves the station. */
export const SecretState = ({ platform, name, state, required }: SecretStateProps) => {
  const { t } = useTranslation();
  const words = useFieldWords(platform);
  return (
    <>
      <dt>{words.label(name)}</dt>
      <dd>
        <StatusMark mark={state === 'missing' ? (required ? 'attention' : 'plain') : 'done'} size={20}>
          {t(`secretIs.${state}`)}
        </StatusMark>
      </dd>
    </>
  );
};

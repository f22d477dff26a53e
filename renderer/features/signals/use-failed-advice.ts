import { useTranslation } from 'react-i18next';
import type { FailedGroup } from '../../../main/contract/outbox.ts';
import { useConnections } from '../../app-context.ts';
import { readableCode } from '../../i18n/code-words.ts';
import { useNameWords } from '../../ui/use-name-words.ts';
import { usePlatform } from '../../ui/use-platform.ts';

/** What the platform is shown by, in the words of the connection's form: `Signal key`, `Service token`. */
const useKeyName = (connection: string): string => {
  const words = useNameWords();
  const platform = useConnections((state) => state.connections.find(({ id }) => id === connection)?.platform ?? '');
  const secrets = usePlatform(platform)?.fields.filter(({ type, required }) => type === 'secret' && required);
  const name = secrets?.at(-1)?.name ?? 'signalKey';
  return words('field', `${platform}.${name}`) ?? words('field', name) ?? readableCode(name);
};

/** What to do about a group of failed signals, in a sentence or two. */
export const useFailedAdvice = ({ connection, standing, cause }: FailedGroup): string => {
  const { t } = useTranslation();
  const key = useKeyName(connection);
  if (standing === 'maybe') return t('failed.advice.maybe');
  if (standing === 'stopped') {
    return cause === 'paymentRequired' ? t('failed.advice.stoppedUnpaid') : t('failed.advice.stoppedRefused', { key });
  }
  return cause === 'refused' ? t('failed.advice.refused', { key }) : t(`failed.advice.${cause}`);
};

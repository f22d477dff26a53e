import { useTranslation } from 'react-i18next';
import type { ReportPart } from './report-lines.ts';

/** One thing that a start report says of a connection, in words. */
export const ReportPartText = ({ part }: { readonly part: ReportPart }) => {
  const { t } = useTranslation();
  switch (part.kind) {
    case 'there':
      return t('reconciliation.there', { there: part.there, here: part.here });
    case 'missing':
      return t('reconciliation.missing', { count: part.count });
    case 'ended':
      return t('reconciliation.ended', { count: part.count });
    case 'noList':
    case 'callbacks_stillRetried':
    case 'callbacks_madeUpFor':
    case 'callbacks_lost':
      return t(`startReport.${part.kind}`);
  }
};

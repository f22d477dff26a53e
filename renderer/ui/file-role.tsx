import { useTranslation } from 'react-i18next';

/** `Cover`, `Book block`, …; the platform's own word when it is none of ours. */
export const FileRole = ({ role }: { readonly role: string }) => {
  const { t } = useTranslation();
  return t(`role.${role}`, { defaultValue: role });
};

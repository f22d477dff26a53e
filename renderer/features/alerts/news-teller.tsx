import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlerts, useStation } from '../../app-context.ts';
import { goTo, hrefOf, orderHref } from '../../client/route.ts';
import type { SystemNotice } from '../../client/system-notices.ts';
import type { Causes } from '../../stores/alert-policy.ts';
import type { News } from '../../stores/alerts-store.ts';
import { useCauseWords } from './use-cause-words.ts';

/** The screen on which a person finds what asks for attention. */
const hrefOfCauses = (causes: Causes): string => {
  if ('problemOrders' in causes || 'problemJobs' in causes) return hrefOf('orders');
  if ('problemFiles' in causes) return hrefOf('files');
  return hrefOf('problemSignals' in causes ? 'signals' : 'today');
};

const hrefOfNews = (news: News): string => {
  switch (news.kind) {
    case 'order':
      return orderHref(news.id);
    case 'orders':
      return hrefOf('orders');
    case 'alarm':
      return hrefOfCauses(news.causes);
  }
};

/** Hands what is new to the system's notifications, in the language of this screen; a tap on one leads to its screen. */
export const NewsTeller = () => {
  const { t } = useTranslation();
  const onNews = useAlerts((state) => state.onNews);
  const notify = useAlerts((state) => state.notify);
  const stationName = useStation((state) => state.station?.name ?? '');
  const causeWords = useCauseWords();
  useEffect(() => {
    const wordsOf = (news: News): SystemNotice => {
      switch (news.kind) {
        case 'order':
          return { title: t('alerts.newOrder', { id: news.externalId }), text: news.products.join(', ').slice(0, 200) };
        case 'orders':
          return { title: t('alerts.newOrders', { count: news.count }), text: stationName };
        case 'alarm':
          return {
            title: t(`alerts.sound_${news.what}`),
            text: news.what === 'attention' ? causeWords.discreet(news.causes).join(', ') : t('alerts.lostText'),
          };
      }
    };
    return onNews((news) => {
      void notify(wordsOf(news)).then((opened) => {
        if (opened) goTo(hrefOfNews(news));
      });
    });
  }, [t, onNews, notify, stationName, causeWords]);
  return null;
};

import { useEffect } from 'react';
import { usePeople } from '../../app-context.ts';

/** A file that is taken away is written down with initials: its link asks for them first where nobody is signed in. */
export const AskBeforeDownload = () => {
  const mustAsk = usePeople((state) => state.people.length > 0 && state.signedIn === null);
  const askFor = usePeople((state) => state.askFor);
  useEffect(() => {
    if (!mustAsk) return undefined;
    const onClick = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a[download]') : null;
      if (!(link instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      event.stopPropagation();
      // The link has its new address once the page has taken in who is there.
      void askFor('operator').then((isThere) => isThere && setTimeout(() => link.click()));
    };
    window.addEventListener('click', onClick, { capture: true });
    return () => window.removeEventListener('click', onClick, { capture: true });
  }, [mustAsk, askFor]);
  return null;
};

import { type RefObject, useEffect, useRef, useState } from 'react';

/** A little before it comes into view, so that it is there in time. */
const margin = '200px';

/** Whether an element is in view, or nearly. */
export const useOnScreen = <E extends Element>(): { readonly ref: RefObject<E | null>; readonly seen: boolean } => {
  const ref = useRef<E>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => setSeen(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, seen };
};

import { keptText } from './kept-text.ts';

/** The way between this window's two stations: the real one and the one to practise with. Each is a page of its own. */
export interface TrainingPlace {
  readonly practising: boolean;
  /** The practice station must run already. */
  readonly enter: () => void;
  /** Back to where the person was before. */
  readonly leave: () => void;
}

const flag = 'training';

/** Whether a page is one to practise on. Its wire and its files say so too, as `query`. */
export const isTrainingPage = (location: Pick<Location, 'search'>): boolean =>
  new URLSearchParams(location.search).get(flag) === '1';

/** Belongs to every address that a page to practise on asks for. */
export const trainingQuery = `${flag}=1`;

/** The parts of a browser window that lead from one page to the other. */
interface Place {
  readonly location: Pick<Location, 'search' | 'hash' | 'pathname' | 'assign' | 'replace'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

export const createTrainingPlace = (place: Place): TrainingPlace => {
  // Where the browser keeps nothing, the way back leads to the orders.
  const wayBack = keptText(() => place.sessionStorage, 'platen.beforeTraining');
  return {
    practising: isTrainingPage(place.location),
    enter: () => {
      wayBack.write(place.location.hash);
      place.location.assign(`${place.location.pathname}?${trainingQuery}#/orders`);
    },
    leave: () => {
      // Replaced, so that the back button does not lead into a training that is over.
      place.location.replace(`${place.location.pathname}${wayBack.read() || '#/orders'}`);
    },
  };
};

/** The few words that the desktop app says outside its page. */
export interface DesktopWords {
  readonly open: string;
  readonly quit: string;
  /** The tray's three states. */
  readonly allRight: string;
  readonly attention: string;
  readonly cutOff: string;
  readonly cannotStart: string;
}

const english: DesktopWords = {
  open: 'Open Platen',
  quit: 'Quit',
  allRight: 'Platen: all is well',
  attention: 'Platen: something needs attention',
  cutOff: 'Platen: cut off from a platform',
  cannotStart: 'Platen cannot start',
};

const catalogue: Readonly<Record<string, DesktopWords>> = {
  en: english,
  de: {
    open: 'Platen öffnen',
    quit: 'Beenden',
    allRight: 'Platen: alles in Ordnung',
    attention: 'Platen: etwas braucht Aufmerksamkeit',
    cutOff: 'Platen: von einer Plattform abgeschnitten',
    cannotStart: 'Platen kann nicht starten',
  },
  nl: {
    open: 'Platen openen',
    quit: 'Afsluiten',
    allRight: 'Platen: alles in orde',
    attention: 'Platen: iets vraagt aandacht',
    cutOff: 'Platen: afgesneden van een platform',
    cannotStart: 'Platen kan niet starten',
  },
  da: {
    open: 'Åbn Platen',
    quit: 'Afslut',
    allRight: 'Platen: alt er i orden',
    attention: 'Platen: noget kræver opmærksomhed',
    cutOff: 'Platen: afskåret fra en platform',
    cannotStart: 'Platen kan ikke starte',
  },
  fr: {
    open: 'Ouvrir Platen',
    quit: 'Quitter',
    allRight: 'Platen : tout va bien',
    attention: 'Platen : une action est nécessaire',
    cutOff: 'Platen : coupé d’une plateforme',
    cannotStart: 'Platen ne peut pas démarrer',
  },
};

/** The words for a locale such as `de-CH`; English where there is no catalogue. */
export const wordsFor = (locale: string): DesktopWords => catalogue[locale.split('-', 1)[0] ?? ''] ?? english;

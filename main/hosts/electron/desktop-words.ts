/** The few words that the desktop app says outside its page. */
export interface DesktopWords {
  readonly open: string;
  readonly quit: string;
  readonly running: string;
  readonly attention: string;
  readonly alarm: string;
  readonly cannotStart: string;
}

const english: DesktopWords = {
  open: 'Open Platen',
  quit: 'Quit',
  running: 'Platen: running',
  attention: 'Platen: something needs attention',
  alarm: 'Platen: alarm',
  cannotStart: 'Platen cannot start',
};

const catalogue: Readonly<Record<string, DesktopWords>> = {
  en: english,
  de: {
    open: 'Platen öffnen',
    quit: 'Beenden',
    running: 'Platen: läuft',
    attention: 'Platen: etwas braucht Aufmerksamkeit',
    alarm: 'Platen: Alarm',
    cannotStart: 'Platen kann nicht starten',
  },
  nl: {
    open: 'Platen openen',
    quit: 'Afsluiten',
    running: 'Platen: actief',
    attention: 'Platen: iets vraagt aandacht',
    alarm: 'Platen: alarm',
    cannotStart: 'Platen kan niet starten',
  },
  da: {
    open: 'Åbn Platen',
    quit: 'Afslut',
    running: 'Platen: kører',
    attention: 'Platen: noget kræver opmærksomhed',
    alarm: 'Platen: alarm',
    cannotStart: 'Platen kan ikke starte',
  },
  fr: {
    open: 'Ouvrir Platen',
    quit: 'Quitter',
    running: 'Platen : en marche',
    attention: 'Platen : une action est nécessaire',
    alarm: 'Platen : alarme',
    cannotStart: 'Platen ne peut pas démarrer',
  },
};

/** The words for a locale such as `de-CH`; English where there is no catalogue. */
export const wordsFor = (locale: string): DesktopWords => catalogue[locale.split('-', 1)[0] ?? ''] ?? english;

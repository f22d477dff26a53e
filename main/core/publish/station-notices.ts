import type { RecoveryNote, RecoveryReport } from '../recovery/recovery-note.ts';
import { recoveryText } from '../recovery/settle-recovery.ts';
import type { NewNotice } from './notices.ts';

/** A file that the RIP does not take. */
export const overdueNotice = (hotFolderName: string, fileName: string): NewNotice => ({
  level: 'attention',
  code: 'handoverOverdue',
  subject: hotFolderName,
  detail: { hotFolder: hotFolderName, fileName },
  text: `${fileName} still lies in ${hotFolderName}: look at the RIP`,
});

export const signalsOverdueCode = 'signalsOverdue';

/** Signals that should have reached their platform by now. */
export const signalsOverdueNotice = (connection: string): NewNotice => ({
  level: 'attention',
  code: signalsOverdueCode,
  subject: connection,
  detail: { connection },
  text: `signals to ${connection} are past their deadline`,
});

/** There is one files folder, so there is one such notice. */
export const diskFullSubject = 'files';

export const diskFullNotice = (freeBytes: number): NewNotice => ({
  level: 'alarm',
  code: 'diskFull',
  subject: diskFullSubject,
  detail: { freeBytes },
  text: `the disk of the files folder is full (${Math.round(freeBytes / 1e6)} MB free): no file is fetched`,
});

export const recoveredCode = 'recovered';

/** The database came back from an earlier moment. */
export const recoveredNotice = (note: RecoveryNote, report: RecoveryReport): NewNotice => ({
  level: 'alarm',
  code: recoveredCode,
  subject: 'database',
  detail: { from: note.from, missing: report.missing.length },
  text: recoveryText(note, report),
});

import type { FuzzTarget } from './fuzz-target.ts';
import { commandLines } from './targets/command-lines.ts';
import { configFiles } from './targets/config-files.ts';
import { contractMessages } from './targets/contract-messages.ts';
import { messages } from './targets/messages.ts';
import { orderDocuments } from './targets/order-documents.ts';
import { platformAnswers } from './targets/platform-answers.ts';
import { otherFiles, pdfFiles } from './targets/print-files.ts';
import { safeNames } from './targets/safe-names.ts';

export const allTargets: readonly FuzzTarget[] = [
  orderDocuments,
  messages,
  platformAnswers,
  safeNames,
  pdfFiles,
  otherFiles,
  configFiles,
  contractMessages,
  commandLines,
];

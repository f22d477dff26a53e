import type { CommandEvidence } from './evidence.ts';
import type { Loss } from './loss.ts';

/**
 * Nothing that is paid for was carried out more often than it was asked for; less often only where nobody can tell, or
 * where it was no longer needed.
 */
export const auditCommands = (commands: readonly CommandEvidence[]): readonly Loss[] =>
  commands.flatMap(({ command, subject, asked, maybe, reached, carriedOut }): readonly Loss[] => {
    const where = `${command} ${subject}`;
    if (carriedOut > asked)
      return [{ kind: 'command', where, what: `asked ${asked} times, carried out ${carriedOut} times` }];
    if (carriedOut >= asked - maybe - reached) return [];
    return [
      { kind: 'command', where, what: `asked ${asked} times, carried out ${carriedOut} times, in doubt ${maybe}` },
    ];
  });

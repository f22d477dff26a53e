import type { HotFolderPreset, HotFolderSettings, OutcomeFolders } from '../../contract/hot-folders.ts';

const none: OutcomeFolders = { accepted: [], failed: [] };

/**
 * The subfolders by which a RIP tells what became of a file.
 *
 * Prinergy makes them itself in each hot folder, and moves the input file: to `Working` when it begins, to
 * `Input_Success` when it is done, to `Input_Warning` when it is done with a warning, to `Input_Error` or
 * `Input_Cancelled` when it is not, and to `Input_Unmatched` when no process template fits. `Output` holds its own
 * products, and `Input_Len` a format of another vendor: neither tells anything about a PDF.
 * Source: Kodak, Prinergy Evo, "Hot folder structure", https://workflowhelp.kodak.com/display/KPS85/Hot+folder+structure
 */
const presets: Readonly<Record<Exclude<HotFolderPreset, 'own'>, OutcomeFolders>> = {
  plain: none,
  prinergy: {
    accepted: ['Input_Success', 'Input_Warning'],
    failed: ['Input_Error', 'Input_Cancelled', 'Input_Unmatched'],
  },
};

/** The outcome folders of a hot folder, below it; none of a plain one. */
export const outcomeFoldersOf = ({ preset, outcome }: Pick<HotFolderSettings, 'preset' | 'outcome'>): OutcomeFolders =>
  preset === 'own' ? outcome : presets[preset];

export const readsOutcomes = (settings: Pick<HotFolderSettings, 'preset' | 'outcome'>): boolean => {
  const { accepted, failed } = outcomeFoldersOf(settings);
  return accepted.length + failed.length > 0;
};

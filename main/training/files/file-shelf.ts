import { type FileContent, md5Of } from './file-content.ts';

/** What a knob can be matched to, beside the path: the item a file belongs to, its role there. */
export type FileLabels = Readonly<Record<'order' | 'item' | 'role', string>>;

/** A file as the platform offers it. `path` starts with a slash and is the path of its URL. */
export interface ShelvedFile {
  readonly path: string;
  readonly content: FileContent;
  readonly md5: string;
  readonly contentType: string;
  readonly lastModified: Date;
  readonly labels: FileLabels;
}

export interface FileToShelve {
  readonly path: string;
  readonly content: FileContent;
  readonly contentType?: string;
  readonly labels?: Partial<FileLabels>;
  /** Saves hashing when it is known already. */
  readonly md5?: string;
}

/** The files a sandbox serves, by path. */
export interface FileShelf {
  /** Adds the file, or replaces the one at the same path. */
  put(file: FileToShelve): Promise<ShelvedFile>;
  get(path: string): ShelvedFile | undefined;
  remove(path: string): void;
}

export function createFileShelf(now: () => Date): FileShelf {
  const files = new Map<string, ShelvedFile>();
  return {
    async put(file) {
      const shelved: ShelvedFile = {
        path: file.path,
        content: file.content,
        md5: file.md5 ?? (await md5Of(file.content)),
        contentType: file.contentType ?? 'application/pdf',
        lastModified: now(),
        labels: { order: '', item: '', role: '', ...file.labels },
      };
      files.set(file.path, shelved);
      return shelved;
    },
    get: (path) => files.get(path),
    remove: (path) => {
      files.delete(path);
    },
  };
}

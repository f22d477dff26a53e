/** Builds `out/` when it is missing or older than a source; silent when there is nothing to do. Throws when it fails. */
export declare const ensureBuild: () => Promise<void>;

import type { MigrationRun } from "../../model/statements.js";

/** A file of the repository. Path and text are foreign; a text that was not read is absent. */
export interface RepositoryFile {
  readonly path: string;
  readonly text?: string;
}

/** Files that lie together and make one history, as far as a tool can tell from them whose it is. */
export interface MigrationFolder {
  /** Without a slash at its end; empty for the repository's own. */
  readonly root: string;
  /** Its SQL files, the way back left out. */
  readonly files: readonly RepositoryFile[];
  /** The text of the file at this path below the root. */
  readonly beside: (path: string) => string | undefined;
  /** The text of the nearest file whose name fits, in the root or in a folder above it. */
  readonly above: (name: RegExp) => string | undefined;
}

export type Run = Omit<MigrationRun, "tool">;

/** One tool: how to know its folders, in which order it applies their files, and what it runs in one transaction. */
export interface MigrationTool {
  readonly id: string;
  readonly recognizes: (folder: MigrationFolder) => boolean;
  /** The name of the database in the tool's own files. */
  readonly database?: (folder: MigrationFolder) => string | undefined;
  /** The files that it applies, in its order; those of one folder and one database. */
  readonly ordered: (files: readonly RepositoryFile[], folder: MigrationFolder) => readonly RepositoryFile[];
  readonly run: (file: { readonly path: string; readonly text: string }, folder: MigrationFolder) => Run;
}

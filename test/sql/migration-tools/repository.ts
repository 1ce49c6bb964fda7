import type { Dialect } from "../../../src/model/statements.js";
import { plain } from "../../../src/model/text.js";
import { type FoundFolder, migrationFolders } from "../../../src/sql/migration-tools/folders.js";
import { chooseSet, type MigrationSet, migrationRun } from "../../../src/sql/migration-tools/migration-set.js";

/** A repository's files as a test writes them down: by path. */
export type Files = Readonly<Record<string, string>>;

export const filesOf = (files: Files) => Object.entries(files).map(([path, text]) => ({ path, text }));

export const foldersOf = (files: Files): ReadonlyMap<string, FoundFolder> => migrationFolders(filesOf(files), []);

export function chosen(files: Files, { changed = [], dialect = "postgresql" }: { changed?: readonly string[]; dialect?: Dialect } = {}) {
  const set: MigrationSet | null = chooseSet(foldersOf(files).values(), new Set(changed), dialect, "postgresql");
  return set && { ...set, files: set.files.map(({ path }) => path.slice(set.root === "" ? 0 : set.root.length + 1)) };
}

/** How the one file that holds this path is run: `goose file: Write …`. */
export function run(files: Files, path: string): string {
  for (const folder of foldersOf(files).values()) {
    const file = folder.files.find((candidate) => candidate.path === path);
    const found = file && migrationRun(folder, { path, text: file.text ?? "" });
    if (found) return `${found.tool} ${found.transaction}: ${plain(found.withoutTransaction)}`;
  }
  return "unknown";
}

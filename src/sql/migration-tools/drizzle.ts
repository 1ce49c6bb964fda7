import { z } from "zod";
import { text } from "../../model/text.js";
import { byText, nameOf } from "./order.js";
import type { MigrationFolder, MigrationTool, RepositoryFile } from "./tool.js";

const journal = z.object({ dialect: z.string().optional(), entries: z.array(z.object({ idx: z.number(), tag: z.string() })) });

function journalOf({ beside }: MigrationFolder): z.infer<typeof journal> | null {
  try {
    return journal.parse(JSON.parse(beside("meta/_journal.json") ?? ""));
  } catch {
    return null;
  }
}

/** The journal's own order; a file that it does not name is not applied. */
function ordered(files: readonly RepositoryFile[], folder: MigrationFolder): readonly RepositoryFile[] {
  const known = journalOf(folder);
  if (!known) return byText()(files);
  const byTag = new Map(files.map((file) => [nameOf(file.path).replace(/\.sql$/, ""), file]));
  return [...known.entries].sort((left, right) => left.idx - right.idx).flatMap(({ tag }) => byTag.get(tag) ?? []);
}

const CONFIGURED = /^drizzle\.config\.[cm]?[jt]s$/;
const isIn = ({ root, above }: MigrationFolder): boolean => /(?:^|\/)drizzle(?:\/|$)/.test(root) && above(CONFIGURED) !== undefined;

/** `drizzle/*.sql` in the order of `meta/_journal.json`; all waiting files are one transaction. */
export const drizzle: MigrationTool = {
  id: "drizzle",
  recognizes: (folder) => folder.beside("meta/_journal.json") !== undefined || isIn(folder),
  database: (folder) => journalOf(folder)?.dialect ?? /\bdialect:\s*["'](\w+)["']/.exec(folder.above(CONFIGURED) ?? "")?.[1],
  ordered,
  run: () => ({
    transaction: "file",
    withoutTransaction: text`Run the statement with psql before the migration, with IF NOT EXISTS in both: Drizzle runs all files in one transaction.`,
  }),
};

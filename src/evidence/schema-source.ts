import { join, type Text, text } from "../model/text.js";
import type { FoundFolder } from "../sql/migration-tools/folders.js";
import type { MigrationSet } from "../sql/migration-tools/migration-set.js";
import type { TreeFile } from "./tree.js";

const LISTED = 3;

/** `62 migrations in prisma/migrations (prisma)` */
export const migrationsSource = (set: MigrationSet): Text => {
  const tool = set.tool === null ? [] : text` (${[set.tool]})`;
  const count = set.files.length.toLocaleString("en-US");
  return text`${[count]} ${[set.files.length === 1 ? "migration" : "migrations"]} in ${set.root === "" ? "." : set.root}${tool}`;
};

/** `the schema dump db/structure.sql` */
export function dumpSource(paths: readonly string[]): Text {
  const named = paths.slice(0, LISTED).map((path) => text`${path}`);
  const more = paths.length > LISTED ? text` and ${paths.length - LISTED} more files` : [];
  return text`the schema dump ${join(named, ", ")}${more}`;
}

/** Nothing is known: what the repository has instead. */
export function whyNoSchema(files: readonly TreeFile[], folders: ReadonlyMap<string, FoundFolder>): Text {
  const advice = text`check a schema dump in (pg_dump --schema-only) and name it as database.schema, or hand one in from CI as redline-schema.sql`;
  const code = [...folders.values()].flatMap((folder) => folder.code.map((migration) => ({ root: folder.root, ...migration })));
  const ruby = files.find(({ path }) => path.endsWith("db/schema.rb"));
  if (ruby)
    return text`the schema is ${ruby.path}, which is Ruby: have Rails write db/structure.sql (config.active_record.schema_format = :sql)`;
  const [first] = code;
  if (first) return text`the migrations in ${first.root} are written in ${[first.language]}: ${advice}`;
  return text`no migrations were found in the repository, and no schema dump: name them as database.migrations or database.schema, or hand a dump in from CI as redline-schema.sql`;
}

import { SQL_FILE, withinSqlCap } from "../formats/sql-file.js";
import type { Collected } from "../model/collected.js";
import type { ResultFile, Results } from "../model/evidence.js";
import type { Problem } from "../model/measurement.js";
import { text } from "../model/text.js";

/** SQL that a workflow handed in beside its results. The path is none that a repository can hold. */
export interface DeliveredFile {
  readonly path: string;
  readonly text: string;
}

/** What the head's own workflow handed in. */
export interface DeliveredSql {
  /** `redline-schema.sql`: the database at the head. */
  readonly schema: DeliveredFile | null;
  /** `redline-migration*.sql`: the change's migrations. */
  readonly migrations: readonly DeliveredFile[];
}

const NOTHING_DELIVERED: DeliveredSql = { schema: null, migrations: [] };

const SCHEMA = /(?:^|\/)redline-schema\.sql$/;

/** Git has no empty folder names, so this is never a file of the repository. */
const deliveredPath = (file: string): string => `artifact://${file}`;

/** The newest text of each file that was read, oldest run first. */
function textsOf(files: readonly ResultFile[]): readonly DeliveredFile[] {
  const newest = new Map<string, string>();
  for (const { file, run } of files) {
    newest.delete(file);
    if (run.sql !== undefined) newest.set(file, run.sql);
  }
  return [...newest].map(([file, sql]) => ({ path: deliveredPath(file), text: sql }));
}

/** The schema among result files, if there is one: the newest. */
export const deliveredSchema = (files: readonly ResultFile[]): DeliveredFile | null =>
  textsOf(files).findLast(({ path }) => SCHEMA.test(path)) ?? null;

export const isSchemaResult = ({ file, run }: ResultFile): boolean => run.sql !== undefined && SCHEMA.test(file);

/** Result files that measure, and the SQL that came with them; what of it was not read is among the problems. */
export interface Apart {
  readonly results: Collected<Results>;
  readonly sql: DeliveredSql;
  readonly problems: readonly Problem[];
}

/** SQL proves nothing about figures: with nothing else there are no results. */
export function withoutSql(delivered: Collected<Results>): Apart {
  if (delivered.status === "absent") return { results: delivered, sql: NOTHING_DELIVERED, problems: [] };
  const files = withinSqlCap(delivered.value.files);
  const [rest, sql] = [files.filter(({ run }) => run.format !== SQL_FILE), files.filter(({ run }) => run.format === SQL_FILE)];
  const isEmpty = sql.length > 0 && rest.length === 0 && (delivered.value.problems ?? []).length === 0;
  return {
    results: isEmpty
      ? { status: "absent", reason: text`only SQL was handed in, and no result file` }
      : { status: "collected", value: { ...delivered.value, files: rest } },
    sql: { schema: deliveredSchema(sql), migrations: textsOf(sql).filter(({ path }) => !SCHEMA.test(path)) },
    problems: sql.flatMap(({ run }) => run.problems),
  };
}

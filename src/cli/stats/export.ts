import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { STATISTICS_BYTES, STATISTICS_PATH } from "../../config/file.js";
import { sentence } from "../terminal.js";
import { EXIT, UsageError } from "../usage.js";
import { withDatabase } from "./connect.js";
import { type DatabaseStatistics, readDatabase } from "./read.js";
import { type Script, statisticsScript } from "./script.js";

const options = {
  "with-values": { type: "boolean", default: false },
  "min-rows": { type: "string", default: "0" },
  output: { type: "string", default: STATISTICS_PATH },
} as const;

const USAGE = "redline stats export DATABASE_URL [--with-values] [--min-rows N] [--output FILE]";
const NAMED = 5;

const say = (words: string): void => {
  process.stderr.write(`redline: ${sentence([{ foreign: words }])}\n`);
};

function minRowsOf(written: string): number {
  if (!/^\d{1,12}$/.test(written)) throw new UsageError(`--min-rows ${written} is not a number of rows`);
  return Number(written);
}

/** Nothing in it: the planner of the database does not know it either. */
function demandAnalysed({ tables, relations }: DatabaseStatistics): void {
  if (tables === 0) throw new UsageError("the database holds no tables that this role can see; is it the right one?");
  if (relations.some(({ is_table }) => is_table)) return;
  throw new UsageError(`none of the database's ${tables} tables was ever analysed; run ANALYZE there, then export again`);
}

function warnings(database: DatabaseStatistics, script: Script, withValues: boolean): readonly string[] {
  const left = database.tables - script.tables;
  const { withoutColumns: blind } = script;
  const names = `${blind.slice(0, NAMED).join(", ")}${blind.length > NAMED ? ", …" : ""}`;
  const size = Buffer.byteLength(script.sql);
  return [
    ...(withValues
      ? [
          "the file holds real values of your columns, the most common ones and the bounds of histograms: whoever reads the repository reads them",
        ]
      : []),
    ...(left > 0 ? [`${left} of ${database.tables} tables were never analysed and are left out; run ANALYZE and export again`] : []),
    ...(blind.length > 0
      ? [
          `the role ${database.role} sees no statistics of the columns of ${blind.length} tables (${names}), so plans about them are rough; export as their owner, or GRANT SELECT on them (pg_read_all_data)`,
        ]
      : []),
    ...(size > STATISTICS_BYTES
      ? [
          `the file has ${Math.ceil(size / 1024)} KB, and at most ${STATISTICS_BYTES / 1024} are read; leave out columns of small tables: --min-rows 10000`,
        ]
      : []),
  ];
}

function write(output: string, { sql, tables, indexes, columns }: Script): void {
  if (output === "-") {
    process.stdout.write(sql);
    return;
  }
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, sql);
  say(`wrote ${output}: ${tables} tables, ${indexes} indexes, ${columns} columns`);
}

/** `redline stats export DATABASE_URL`: the planner's statistics of a database, as a file for the repository. */
export async function exportStatistics(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [url = process.env.DATABASE_URL, ...rest] = positionals;
  if (url === undefined || url === "" || rest.length > 0) throw new UsageError(`name one database: ${USAGE}`);
  const [withValues, minRows] = [values["with-values"], minRowsOf(values["min-rows"])];
  const database = await withDatabase(url, (client) => readDatabase(client, withValues));
  demandAnalysed(database);
  const script = statisticsScript(database, { date: new Date().toISOString().slice(0, 10), withValues, minRows });
  for (const warning of warnings(database, script, withValues)) say(warning);
  write(values.output, script);
  return EXIT.open;
}

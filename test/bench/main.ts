// npm run bench [-- --size 1GB] [--migrations DIR]: our streaming readers beside what a reader could do at best, on generated files; then the
// formats that are read as a whole, the judge over a pipe, and the planner on 400 migrations or those of a folder. With
// --corpus DIR (a git repository with migrations; repeat it) the statement rules beside squawk on its statements. The rules
// over source code run on this repository, or on those of --source DIR (repeat it); --only-source leaves all else out. --only-soak
// kills the embedded store under load, --kills times, and counts what was lost.
// The App itself as processes of its own, after npm run build: --app acknowledge, forged, reviews or all leaves all else out.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { acknowledgeRows } from "./app/acknowledge.js";
import { firstWriteRows } from "./app/first-write.js";
import { forgedRows } from "./app/forged.js";
import type { Exact } from "./exact.js";
import { type FileKind, generate } from "./generate.js";
import { jtlFile } from "./jtl-file.js";
import { judgeRates } from "./judge-rate.js";
import { k6File } from "./k6-file.js";
import { answer, type Took, watched } from "./measure.js";
import { plannerRows } from "./planner.js";
import type { Found, Reader } from "./readers.js";
import { soakRow } from "./soak.js";
import { sourceRates } from "./source.js";
import { sqlRuleRates } from "./sql-rules.js";
import { wholeFiles } from "./whole-files.js";

const SEED = 20_260_504;
const UNITS: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9 };

function sizeOf(text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s?(MB|GB)$/.exec(text) ?? [];
  if (number === undefined) throw new Error(`--size ${text} is not a size; write 256MB or 1GB`);
  return Number(number) * (UNITS[unit] ?? 1);
}

interface Reading {
  readonly found: Found;
  readonly took: Took;
}

/** The largest difference of a percentile from the exact one, as a share. */
function worstError(found: Found, exact: Exact): number | undefined {
  if (found.seconds === undefined) return undefined;
  const { seconds } = found;
  const errors = Object.entries(exact.percentiles()).map(([name, value]) => Math.abs((seconds[name] ?? Number.NaN) / value - 1));
  return errors.some(Number.isNaN) ? Number.NaN : Math.max(...errors);
}

const counted = ({ requests, lines }: Found, exact: Exact): string => {
  if (requests === undefined) return `${lines} lines`;
  return requests === exact.requests ? `${requests}, exact` : `${requests} instead of ${exact.requests}`;
};

const rate = (bytes: number, seconds: number | undefined): string => (seconds === undefined ? "-" : (bytes / 1e6 / seconds).toFixed(0));

function row(name: string, bytes: number, { found, took }: Reading, exact: Exact): Record<string, string> {
  const error = worstError(found, exact);
  return {
    reader: name,
    "MB/s": rate(bytes, took.wallSeconds),
    "MB/s of CPU": rate(bytes, took.cpuSeconds),
    "max RSS": took.maxRss === undefined ? "-" : `${(took.maxRss / 1e6).toFixed(0)} MB`,
    requests: counted(found, exact),
    "worst percentile": error === undefined ? "-" : `${(100 * error).toFixed(2)} %`,
  };
}

function print(rows: readonly Record<string, string>[]): void {
  const names = Object.keys(rows[0] ?? {});
  const cells = [names, names.map(() => "---"), ...rows.map((one) => names.map((name) => one[name] ?? ""))];
  for (const line of cells) console.log(`| ${line.join(" | ")} |`);
  console.log("");
}

const JQ = `reduce inputs as $line (0; if $line.metric == "http_req_duration" and $line.type == "Point" then . + 1 else . end) | {requests: .}`;

const hasJq = (): boolean => spawnSync("jq", ["--version"]).status === 0;

async function jq(path: string): Promise<Reading> {
  const { output, took } = await watched("jq", ["-n", "-c", JQ, path]);
  return { found: JSON.parse(output), took };
}

async function bench(folder: string, kind: FileKind, size: number, readers: readonly Reader[], withJq: boolean): Promise<void> {
  const path = join(folder, kind.name);
  const exact = await generate(kind, path, size, SEED);
  console.log(`${kind.name}: ${size / 1e6} MB, ${exact.requests} requests, ${exact.failed} of them failed\n`);
  const rows: Record<string, string>[] = [];
  for (const name of readers) rows.push(row(name, size, await answer<Reading>(process.execPath, [program, name, path]), exact));
  if (withJq && hasJq()) rows.push(row("jq", size, await jq(path), exact));
  print(rows);
  if (withJq && !hasJq()) console.log("jq is not installed, and is left out.\n");
  rmSync(path);
}

const program = fileURLToPath(new URL("reader.js", import.meta.url));

/** One file of each kind that is read as a whole: a slow parser shows here. */
async function benchWhole(folder: string): Promise<void> {
  const rows: Record<string, string>[] = [];
  for (const { name, content } of wholeFiles) {
    const path = join(folder, name);
    writeFileSync(path, content(SEED));
    const { size } = statSync(path);
    const { found, took } = await answer<Reading>(process.execPath, [program, "redline", path]);
    const figures = String(Object.keys(found.seconds ?? {}).length);
    rows.push({ file: name, MB: (size / 1e6).toFixed(1), "MB/s": rate(size, took.wallSeconds), figures });
    rmSync(path);
  }
  print(rows);
}

/** Enough that the compiler of the engine has done its work. */
const REQUESTS = 8_000;

const options = {
  size: { type: "string", default: "256MB" },
  migrations: { type: "string" },
  corpus: { type: "string", multiple: true, default: [] },
  source: { type: "string", multiple: true, default: [] },
  "only-source": { type: "boolean", default: false },
  "only-soak": { type: "boolean", default: false },
  kills: { type: "string", default: "60" },
  app: { type: "string" },
} as const;

function given() {
  try {
    return parseArgs({ options: { ...options, corpus: { ...options.corpus, default: [] }, source: { ...options.source, default: [] } } })
      .values;
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : String(error)}. It takes --size 256MB, --migrations DIR, --corpus DIR and --source DIR, the last two as often as wanted, --only-source, --only-soak with --kills 60, and --app with a section's name or all.`,
    );
    process.exit(2);
  }
}

async function benchAll(): Promise<void> {
  const size = sizeOf(values.size);
  const folder = mkdtempSync(join(tmpdir(), "redline-bench-"));
  try {
    await bench(folder, k6File, size, ["redline", "JSON.parse per line", "newline scan"], true);
    await bench(folder, jtlFile, size, ["redline", "csv-parse", "newline scan"], false);
    await benchWhole(folder);
    print(await judgeRates(REQUESTS));
    print(await plannerRows(values.migrations));
    if (values.corpus.length > 0) console.log(`${await sqlRuleRates(values.corpus)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The App's sections, by the name that `--app` takes. */
const sections: Readonly<Record<string, () => Promise<readonly Record<string, string>[]>>> = {
  acknowledge: acknowledgeRows,
  forged: forgedRows,
  reviews: firstWriteRows,
};

async function benchApp(name: string): Promise<void> {
  const wanted = Object.entries(sections).filter(([section]) => name === "all" || name === section);
  for (const [, rows] of wanted) print(await rows());
}

const values = given();
if (values["only-soak"]) console.log(JSON.stringify(await soakRow(Number(values.kills), SEED)));
else if (values.app !== undefined) await benchApp(values.app);
else {
  if (!values["only-source"]) await benchAll();
  print(await sourceRates(values.source.length > 0 ? values.source : ["."]));
  if (!values["only-source"]) await benchApp("all");
}

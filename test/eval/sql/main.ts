// npm run eval:sql -- --corpus DIR [--corpus DIR …] [--write] [--only PART …] ("servers" needs no corpus): how much of real SQL Redline reads, judges and plans.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createPlanner } from "../../../src/sandbox/planner.js";
import { createSourceReader } from "../../../src/sandbox/source.js";
import { createSqlParser } from "../../../src/sandbox/sql.js";
import { table } from "../tables.js";
import { acceptance } from "./acceptance.js";
import { applied, appliedHead, appliedRow } from "./apply.js";
import { type Corpus, readCorpus, type SqlFile } from "./corpus.js";
import { type Detected, detect, detectionTable } from "./detection.js";
import { findingsTable, type JudgedCorpus, rulesTable } from "./findings.js";
import { defaults, judge } from "./judged.js";
import { type Section, withRepositories, withSections } from "./page.js";
import { type ExplainedCorpus, explainAll, explainedTable, queriesOf } from "./queries.js";
import { recall } from "./recall.js";
import { servers } from "./servers.js";
import { type SquawkFinding, SquawkFolder } from "./squawk.js";
import { timing } from "./timing.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const PARTS = ["acceptance", "findings", "squawk", "plans", "servers"] as const;
type Part = (typeof PARTS)[number];

function given() {
  const options = {
    corpus: { type: "string", multiple: true, default: [] },
    only: { type: "string", multiple: true, default: [...PARTS] },
    indexes: { type: "string", default: "12" },
    cache: { type: "string" },
    write: { type: "boolean", default: false },
  } as const;
  try {
    return parseArgs({
      options: { ...options, corpus: { ...options.corpus, default: [] }, only: { ...options.only, default: [...PARTS] } },
    }).values;
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : String(error)}. It takes --corpus DIR and --only PART as often as wanted, --indexes 12, --cache DIR and --write.`,
    );
    process.exit(2);
  }
}

const values = given();
const unknown = values.only.find((part) => !PARTS.some((one) => one === part));
if (unknown !== undefined) throw new Error(`--only ${unknown} is not known; write one of ${PARTS.join(", ")}`);
if (values.corpus.length === 0 && values.only.some((part) => part !== "servers")) {
  throw new Error("name at least one checkout or git directory: npm run eval:sql -- --corpus DIR");
}
const wants = (part: Part): boolean => values.only.includes(part);
const started = Date.now();
const parser = createSqlParser({ textMs: 20_000, callMs: 600_000, rssMb: 1024 });
const readSources = createSourceReader({ fileMs: 20_000, callMs: 600_000 });
const fresh = mkdtempSync(join(tmpdir(), "redline-eval-"));
// Times of a run that finds schemas in a folder of an earlier one are not cold.
const cacheDir = values.cache ?? fresh;
const planner = createPlanner({ cacheDir, jobMs: 300_000, statementMs: 30_000 });
const config = defaults();
const tell = (words: string): void => void process.stderr.write(`${((Date.now() - started) / 1000).toFixed(0)} s: ${words}\n`);

async function judgeAll(corpora: readonly Corpus[]): Promise<readonly JudgedCorpus[]> {
  const judged: JudgedCorpus[] = [];
  for (const corpus of corpora) {
    const files = [];
    for (const file of corpus.migrations) files.push(await judge(file, parser, config));
    judged.push({ corpus, files });
    tell(`${corpus.name}: ${files.length} migrations judged`);
  }
  return judged;
}

function squawkRun(files: readonly SqlFile[], ...options: readonly string[]): readonly SquawkFinding[] {
  if (files.length === 0) return [];
  const folder = new SquawkFolder(files);
  try {
    return folder.run(...options);
  } finally {
    folder.remove();
  }
}

/** squawk is told which migrations their tool wraps in a transaction: then it passes over tables that are new in them. */
const squawkOn = ({ migrations }: Corpus): readonly SquawkFinding[] => [
  ...squawkRun(
    migrations.filter(({ apart }) => apart !== true),
    "--assume-in-transaction",
  ),
  ...squawkRun(migrations.filter(({ apart }) => apart === true)),
];

/** The whole way of one repository: its schema, its queries on it, and its indexes dropped one by one. */
async function planAll(corpora: readonly Corpus[]): Promise<void> {
  const [rows, explained, detected]: [(readonly string[])[], ExplainedCorpus[], (readonly [string, Detected])[]] = [[], [], []];
  for (const corpus of corpora) {
    const outcome = await applied(corpus, planner);
    if ("refused" in outcome) {
      rows.push([corpus.name, `refused: ${outcome.refused}`, ...appliedHead.slice(2).map(() => "-")]);
      continue;
    }
    rows.push(appliedRow(outcome));
    tell(
      `${corpus.name}: applied in ${outcome.seconds.toFixed(1)} s; not: ${outcome.session.notApplied.map(({ path, message }) => `${path}: ${message}`).join("; ")}`,
    );
    const queries = await queriesOf(corpus, { parseSql: parser, readSources });
    const plans = await explainAll(corpus, outcome.session, queries);
    for (const words of queries.unread) tell(words);
    for (const { why, place } of plans.failures) tell(`${place}: ${why}`);
    explained.push(plans);
    tell(`${corpus.name}: ${queries.whole.length} queries planned`);
    const found = await detect(outcome.session, queries.whole, Number(values.indexes), tell);
    for (const words of found.notable) tell(words);
    detected.push([corpus.name, found]);
    await outcome.session.close();
    tell(`${corpus.name}: indexes dropped`);
  }
  if (values.cache === undefined) section("Migrations that apply", table(appliedHead, rows));
  section("Queries that are planned", explainedTable(explained));
  section("Dropped indexes that are noticed", detectionTable(detected));
}

const sections: Section[] = [];
const section = (title: string, ...body: readonly string[]): void => void sections.push({ title, body: body.join("\n\n") });

const corpora: Corpus[] = [];
for (const folder of values.corpus) corpora.push(await readCorpus(folder));
tell(`${corpora.length} repositories read`);
const withMigrations = corpora.filter(({ migrations }) => migrations.length > 0);

try {
  if (wants("acceptance")) section("What is parsed", await acceptance(corpora));
  if (wants("plans")) await planAll(withMigrations);
  if (wants("servers")) section("Plans beside the server's own", await servers(planner, parser));
  if (wants("findings") || wants("squawk")) {
    // Before all that is judged stands in memory, which the collector of garbage would walk through meanwhile.
    const histories = withMigrations.map(({ migrations }) => migrations);
    const times = wants("squawk") ? await timing(histories, parser, config) : "";
    const judged = await judgeAll(withMigrations);
    if (wants("findings")) section("Findings", findingsTable(judged), rulesTable(judged));
    if (wants("squawk")) {
      section("Beside squawk", recall(judged, withMigrations.map(squawkOn)));
      section("Time beside squawk", times);
    }
  }
} finally {
  parser.close();
  readSources.close();
  rmSync(fresh, { recursive: true, force: true });
}

const names = table(
  ["repository", "commit", "of", "migrations", "tool"],
  corpora.map(({ name, commit, date, migrations, tool }) => [name, `\`${commit}\``, date, String(migrations.length), tool]),
);
const target = join(root, "docs/sql-eval.md");
const isPart = values.only.length < PARTS.length;
const earlier = values.write && isPart ? readFileSync(target, "utf8") : "";
const today = new Date(started).toISOString().slice(0, 10);
const page = `${[
  "# How much of real SQL it reads, judges and plans",
  `Made by \`npm run eval:sql\`, last on ${today}${isPart ? ` (only ${values.only.join(", ")})` : ""} in ${((Date.now() - started) / 1000).toFixed(0)} s; do not edit. Repositories were chosen before the run; nothing of them is kept here.`,
  withRepositories(earlier, names),
  ...withSections(earlier, sections).map(({ title, body }) => `## ${title}\n\n${body}`),
].join("\n\n")}\n`;
if (values.write) writeFileSync(target, page);
else process.stdout.write(page);

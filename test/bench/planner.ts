import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlannerSession, PlanQuestion, SchemaFile } from "../../src/evidence/planner.js";
import { plain } from "../../src/model/text.js";
import { createPlanner } from "../../src/sandbox/planner.js";

const STATISTICS = { relations: [], columns: [], settings: {}, assumedRows: 10_000_000 };
const STATEMENTS = 20;
const ROUNDS = 10;

const file = (path: string, sql: string): SchemaFile => ({ path, sha: createHash("sha1").update(sql).digest("hex"), sql });

/** Every sixth makes a table; the others alter it. */
const generated = (count: number): readonly SchemaFile[] =>
  Array.from({ length: count }, (_, index) => {
    const table = `t${Math.floor(index / 6)}`;
    const steps = [
      `CREATE TABLE ${table} (id bigserial PRIMARY KEY, a int, b text, at timestamptz DEFAULT now());`,
      `ALTER TABLE ${table} ADD COLUMN owner bigint REFERENCES t0 (id);`,
      `CREATE INDEX ${table}_a ON ${table} (a);`,
      `ALTER TABLE ${table} ALTER a SET NOT NULL;`,
      `CREATE INDEX CONCURRENTLY ${table}_owner ON ${table} (owner);`,
      `ALTER TABLE ${table} ADD CONSTRAINT ${table}_b CHECK (length(b) < 1000);`,
    ];
    return file(`${String(index).padStart(4, "0")}.sql`, steps[index % 6] ?? "");
  });

/** Every way forward below a folder, in the order of its paths. */
const folderFiles = (folder: string): readonly SchemaFile[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".sql") && !entry.name.endsWith("down.sql"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => file(path, readFileSync(path, "utf8")));

async function timed<T>(act: () => Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now();
  const result = await act();
  return [result, performance.now() - start];
}

const quantile = (values: readonly number[], q: number): number => [...values].sort((a, b) => a - b)[Math.ceil(values.length * q) - 1] ?? 0;
const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

function questionsFor({ head }: PlannerSession): readonly PlanQuestion[] {
  const tables = head.relations.filter(({ kind, columns }) => kind === "table" && columns.length > 1).slice(0, STATEMENTS);
  return tables.map(({ schema, name, columns }, id) => ({
    id,
    sql: `SELECT * FROM "${schema}"."${name}" WHERE "${columns[1]?.name}" = $1`,
  }));
}

function candidatesFor({ head }: PlannerSession): readonly string[] {
  const tables = head.relations.filter(({ kind, columns }) => kind === "table" && columns.length > 1).slice(0, STATEMENTS);
  return tables.map(
    ({ schema, name, columns }, n) => `CREATE INDEX redline_candidate_${n} ON "${schema}"."${name}" ("${columns[1]?.name}")`,
  );
}

async function opened(cacheDir: string, files: readonly SchemaFile[]): Promise<PlannerSession> {
  const session = await createPlanner({ cacheDir, jobMs: 300_000 }).open({ base: files, head: files, observed: [] });
  if ("refused" in session) throw new Error(plain(session.refused));
  return session;
}

const sizeOf = (folder: string): number => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

/** The largest resident memory of this process's children, while something runs; where /proc exists. */
function watchChildren(): () => number {
  let most = 0;
  const look = (): void => {
    try {
      const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
      for (const pid of children)
        most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0));
    } catch {
      // A child ended meanwhile, or there is no /proc.
    }
  };
  const timer = setInterval(look, 50);
  return () => {
    clearInterval(timer);
    return most / 1024;
  };
}

/** Schema, plans and candidates of one list of migrations: 400 made-up ones, or those of a folder in the order of their names. */
export async function plannerRows(folder: string | undefined): Promise<readonly Record<string, string>[]> {
  const files = folder === undefined ? generated(400) : folderFiles(folder);
  const cacheDir = mkdtempSync(join(tmpdir(), "redline-bench-planner-"));
  const memory = watchChildren();
  try {
    const [, empty] = await timed(() => opened(cacheDir, []).then((session) => session.close()));
    const [cold, coldMs] = await timed(() => opened(cacheDir, files));
    const failed = cold.notApplied.length;
    await cold.close();
    const [warm, warmMs] = await timed(() => opened(cacheDir, files));
    const ask = (candidates: readonly string[]) =>
      warm.explain({ side: "head", statistics: STATISTICS, candidates, questions: questionsFor(warm) });
    const [, first] = await timed(() => ask([]));
    const [, proof] = await timed(() => ask(candidatesFor(warm)));
    await ask([]);
    const single: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const question of questionsFor(warm)) {
        const [, took] = await timed(() => warm.explain({ side: "head", statistics: STATISTICS, candidates: [], questions: [question] }));
        single.push(took);
      }
    }
    await warm.close();
    const rows: readonly (readonly [string, string])[] = [
      ["the empty database, once per machine", ms(empty)],
      [`${files.length} migrations, cold (${failed} not applied)`, ms(coldMs)],
      ["opening the same again", ms(warmMs)],
      [`review of ${STATEMENTS} statements, warm: opening and planning`, ms(warmMs + first)],
      ["the same with the index proof", ms(warmMs + first + proof)],
      ["plan of one statement, p50 / p95", `${ms(quantile(single, 0.5))} / ${ms(quantile(single, 0.95))}`],
      ["most memory of the process", `${memory().toFixed(0)} MB`],
      ["cache on disk", `${(sizeOf(cacheDir) / 1e6).toFixed(1)} MB`],
    ];
    return rows.map(([planner, figure]) => ({ planner, figure }));
  } finally {
    memory();
    rmSync(cacheDir, { recursive: true, force: true });
  }
}

import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlannerSession, Refused, SchemaFile } from "../../src/evidence/planner.js";
import { plain } from "../../src/model/text.js";
import { createPlanner, type PlannerOptions } from "../../src/sandbox/planner.js";
import { plannerChildren } from "../main/planner-children.js";
import { type FreshCache, freshCache } from "./planner/fresh-cache.js";

const file = (path: string, sql: string): SchemaFile => ({ path, sha: createHash("sha1").update(sql).digest("hex"), sql });
const tables = (prefix: string, count: number): readonly SchemaFile[] =>
  Array.from({ length: count }, (_, at) => file(`${prefix}${at}.sql`, `CREATE TABLE ${prefix}${at} (id int)`));

/** What most tests begin with: the cache knows it. */
const BASE = tables("base_", 2);
/** Never ends, as far as a test goes, and only burns the time that it is given. */
const SLEEP = "SELECT pg_sleep(1000)";
const SLEEP_MS = 200;

let cache: FreshCache;
let baseRun: number | undefined;

beforeAll(async () => {
  cache = freshCache();
  const session = opened(await planner().open({ base: BASE, head: BASE, observed: [] }));
  baseRun = session.work?.filesRun;
  await session.close();
});
afterAll(() => cache.remove());

const planner = (options: PlannerOptions = {}) =>
  createPlanner({ cacheDir: cache.folder, jobMs: 120_000, statementMs: 60_000, ...options });

/** Gives up soon what sleeps, and nothing else: with the time that each sleep would have had. */
function impatient(): Required<Pick<PlannerOptions, "patience">> & { readonly left: number[] } {
  const left: number[] = [];
  const patience = (sql: string, leftMs: number): number => (sql.includes("pg_sleep") && left.push(leftMs) > 0 ? SLEEP_MS : leftMs);
  return { patience, left };
}

/** A clock that stands still until a process is killed: however slow the machine is, the time is up in the step that never ends, and in no other. */
function upAtTheKill(jobMs: number): Pick<PlannerOptions, "jobMs" | "now" | "onStopped"> {
  let now = 0;
  return {
    jobMs,
    now: () => now,
    onStopped: () => {
      now += jobMs;
    },
  };
}

function opened(session: PlannerSession | Refused): PlannerSession {
  if ("refused" in session) throw new Error(plain(session.refused));
  return session;
}

describe("what a session cost", () => {
  it("is the files that had to be run, and none where the cache has them", async () => {
    const head = [...BASE, ...tables("counted_", 1)];
    const runs = [baseRun];
    for (const files of [head, head]) {
      const session = opened(await planner().open({ base: files, head: files, observed: [] }));
      runs.push(session.work?.filesRun);
      await session.close();
    }
    expect(runs).toEqual([2, 1, 0]);
  });
});

describe("a schema whose time was up", () => {
  it("is refused with the reason", async () => {
    const head = [...BASE, ...tables("long_", 2)];
    const refused = await planner({ jobMs: 0 }).open({ base: head, head, observed: [] });
    // Nothing ran in no time, so another try would not get further either.
    expect("refused" in refused && [plain(refused.refused), refused.later]).toEqual([
      "the schema could not be built: its files took longer than 0 s to run",
      false,
    ]);
  });

  it("keeps what ran at the head until then, plans on it, and names the rest", async () => {
    const slow = file("a.sql", `ALTER TABLE base_0 ADD COLUMN a int;\n${SLEEP};\nALTER TABLE base_0 ADD COLUMN b int;`);
    const quick = file("0.sql", "ALTER TABLE base_0 ADD COLUMN q int;");
    const head = [...BASE, quick, slow, file("z.sql", "ALTER TABLE base_0 ADD COLUMN z int;")];
    const request = { base: BASE, head, observed: ["a.sql", "z.sql"] };
    const { left, patience } = impatient();
    const session = opened(await planner({ ...upAtTheKill(4000), checkpointMs: 0, patience }).open(request));
    // Of the minute that a statement has, no more than is left for all files.
    expect(left).toEqual([4000]);
    const why = "it was not run to its end, because all files together took longer than 4 s";
    expect(session.notApplied).toEqual([
      { path: "a.sql", message: `line 2: ${why}` },
      { path: "a.sql", message: `line 3 and what follows: ${why}` },
      { path: "z.sql", message: why },
    ]);
    expect(session.observed.map(({ observation }) => observation?.locks.map(({ relation }) => relation.name))).toEqual([
      ["base_0"],
      undefined,
    ]);
    expect(session.head.relations.map(({ columns }) => columns.map(({ name }) => name))).toEqual([["id", "q", "a"], ["id"]]);
    const statistics = { relations: [], columns: [], settings: {}, assumedRows: 1000 };
    const questions = [{ id: 1, sql: "SELECT a FROM base_0" }];
    expect(await session.explain({ side: "head", statistics, candidates: [], questions })).toMatchObject([
      { id: 1, plan: expect.anything() },
    ]);
    // The first file is in the cache now.
    expect(session.later).toBe(true);
    await session.close();
  });

  it("leaves out what would begin after it, and is not taken for the whole another time", async () => {
    const head = [...BASE, file("b.sql", "SELECT 1"), file("c.sql", "ALTER TABLE base_0 ADD COLUMN c int;")];
    const cut = opened(await planner({ jobMs: 0 }).open({ base: BASE, head, observed: [] }));
    expect(cut.notApplied.map(({ path }) => path)).toEqual(["b.sql", "c.sql"]);
    const whole = opened(await planner().open({ base: BASE, head, observed: [] }));
    expect([whole.notApplied, whole.later]).toEqual([[], undefined]);
    await Promise.all([cut.close(), whole.close()]);
  });

  it("may be asked for later as long as tries get further", async () => {
    const base = [...BASE, ...tables("further_", 1), file("sleep.sql", `${SLEEP}, 1`)];
    const later: unknown[] = [];
    for (let tries = 0; tries < 2; tries += 1) {
      const refused = await planner({ ...impatient(), kills: 0, checkpointMs: 0 }).open({ base, head: base, observed: [] });
      later.push("refused" in refused && refused.later);
    }
    expect(later).toEqual([true, false]);
  });

  it("is kept on the way, so that a kill, which is told without its SQL, costs what ran since, and not the observations before", async () => {
    const told: string[] = [];
    const added = [file("a.sql", "ALTER TABLE base_0 ADD COLUMN a int"), file("b.sql", "ALTER TABLE base_1 ADD COLUMN b int")];
    const deadly = file("c.sql", `${SLEEP}, 'secret'`);
    const head = [...BASE, ...added, deadly];
    const observed = ["a.sql", "b.sql", "c.sql"];
    const onStopped = (why: string): unknown => told.push(why);
    const session = opened(await planner({ ...impatient(), checkpointMs: 0, onStopped }).open({ base: BASE, head, observed }));
    expect(session.work).toEqual({ filesRun: 3, kills: 1 });
    expect(told).toEqual(["it took longer than 0.2 s to run"]);
    expect(session.observed.map(({ path, observation }) => [path, observation?.locks.map(({ relation }) => relation.name)])).toEqual([
      ["a.sql", ["base_0"]],
      ["b.sql", ["base_1"]],
    ]);
    await session.close();
  });

  it("goes on from what ran in time", async () => {
    // Long enough to be there still when its time is up, on a machine that has stood still meanwhile.
    const head = [...BASE, ...tables("time_", 1), file("sleep.sql", "SELECT pg_sleep(3)")];
    const refused = await planner({ ...upAtTheKill(3000), ...impatient(), checkpointMs: 0 }).open({ base: head, head, observed: [] });
    expect("refused" in refused && plain(refused.refused)).toMatch(/^the schema could not be built: it.* took longer than/);
    const session = opened(await planner().open({ base: head, head, observed: [] }));
    expect("refused" in refused && [refused.later, session.work?.filesRun]).toEqual([true, 1]);
    expect(session.head.relations.map(({ name }) => name)).toEqual(["base_0", "base_1", "time_0"]);
    expect(session.notApplied).toEqual([]);
    await session.close();
  });

  it("begins with what was observed when the cache knows a part of the change", async () => {
    const [first, second] = [file("d.sql", "ALTER TABLE base_0 ADD COLUMN a int"), file("e.sql", "ALTER TABLE base_0 ADD COLUMN b int")];
    const before = opened(await planner().open({ base: BASE, head: [...BASE, first], observed: ["d.sql"] }));
    await before.close();
    const after = opened(await planner().open({ base: BASE, head: [...BASE, first, second], observed: ["d.sql", "e.sql"] }));
    expect([after.work?.filesRun, after.observed.map(({ path }) => path)]).toEqual([1, ["d.sql", "e.sql"]]);
    await after.close();
  });
});

describe("a planner that is closed", () => {
  const closed = "the planner was closed";

  it("kills its processes, whatever they are doing, and starts none again", async () => {
    const ours = planner();
    const session = opened(await ours.open({ base: BASE, head: BASE, observed: [] }));
    const statistics = { relations: [], columns: [], settings: {}, assumedRows: 1000 };
    const forever = { id: 1, sql: "SELECT count(*) FROM base_0 WHERE id > (SELECT max(id) FROM base_0)" };
    const answers = session.explain({ side: "head", statistics, candidates: [], questions: [forever, { ...forever, id: 2 }] });
    ours.close();
    expect((await answers).map((answer) => "failed" in answer && plain(answer.failed))).toEqual([
      `could not check: ${closed}`,
      `could not check: ${closed}`,
    ]);
    const refused = await ours.open({ base: [], head: [file("x.sql", "SELECT 1")], observed: [] });
    expect("refused" in refused && plain(refused.refused)).toBe(`the schema could not be built: ${closed}`);
    await expect.poll(() => plannerChildren(process.pid)).toEqual([]);
  });
});

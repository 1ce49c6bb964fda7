import { beforeEach, describe, expect, it } from "vitest";
import { PlannerMemory } from "../../src/worker/planner-memory.js";
import { CountingPlanner, question, schema, sessionOf } from "./planners.js";

let planner: CountingPlanner;
let memory: PlannerMemory;

beforeEach(() => {
  planner = new CountingPlanner();
  memory = new PlannerMemory(planner, 100_000);
});

async function review(sql: string, query = "SELECT 1", rows = 10) {
  const session = await sessionOf(memory, sql);
  const answers = await session.explain(question(query, rows));
  await session.close();
  return { version: session.version, answers };
}

const counts = () => [planner.opened, planner.explained, planner.closed];

describe("a planner that remembers", () => {
  it("is started once for a head that is reviewed twice, and says the same", async () => {
    const first = await review("CREATE TABLE a ()");
    expect(await review("CREATE TABLE a ()")).toEqual(first);
    expect(counts()).toEqual([1, 1, 1]);
  });

  it("is started for another schema, even under the same names", async () => {
    await review("CREATE TABLE a ()");
    await review("CREATE TABLE b ()");
    expect(counts()).toEqual([2, 2, 2]);
  });

  it("is started, and closed, for a question that is new to it", async () => {
    await review("CREATE TABLE a ()");
    await review("CREATE TABLE a ()", "SELECT 2");
    await review("CREATE TABLE a ()", "SELECT 2", 20);
    expect(counts()).toEqual([3, 3, 3]);
  });

  it("asks again for what was refused", async () => {
    planner.refusing = true;
    expect(await memory.open(schema("x"))).toMatchObject({ later: true });
    planner.refusing = false;
    await review("x");
    expect(planner.opened).toBe(2);
  });

  it("says why a new question has no answer where the schema is known and the planner refuses", async () => {
    await review("x");
    planner.refusing = true;
    expect((await review("x", "SELECT 2")).answers).toMatchObject([{ id: 3, failed: ["could not check: ", "no"] }]);
  });

  it("forgets what cost a process: that may come out better on another day", async () => {
    planner.kills = 1;
    await review("x");
    await review("x");
    expect(counts()).toEqual([2, 2, 2]);
  });

  it("forgets what was cut short by time, and says that a later try may get further", async () => {
    planner.later = true;
    expect(await sessionOf(memory, "x")).toMatchObject({ later: true });
    await review("x");
    expect(planner.opened).toBe(2);
  });

  it("keeps no more than its capacity", async () => {
    memory = new PlannerMemory(planner, 10);
    await review("x");
    await review("x");
    expect(counts()).toEqual([2, 2, 2]);
  });
});

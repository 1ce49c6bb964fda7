import { beforeEach, describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { PlannerTurns } from "../../src/worker/planner-turns.js";
import { CountingPlanner, question, schema, sessionOf } from "./planners.js";

let planner: CountingPlanner;
let log: { level: string; fields: object; message: string }[];

beforeEach(() => {
  planner = new CountingPlanner();
  log = [];
});

const to = (level: string) => (fields: object, message: string) => void log.push({ level, fields, message });

const turns = ({ atOnce = 1, waitMs = 60_000, sessionMs = 60_000 } = {}): PlannerTurns =>
  new PlannerTurns(planner, { atOnce, waitMs, sessionMs, log: { info: to("info"), warn: to("warn"), error: to("error") } });

describe("planner sessions", () => {
  it("are as many at once as the setting says; who waits comes in order", async () => {
    const two = turns({ atOnce: 2 });
    const [first, second] = [await sessionOf(two, "1"), await sessionOf(two, "2")];
    const came: string[] = [];
    const waiting = ["3", "4"].map((sql) =>
      sessionOf(two, sql).then((session) => {
        came.push(sql);
        return session;
      }),
    );
    await Promise.resolve();
    expect([planner.opened, came]).toEqual([2, []]);
    await first.close();
    await waiting[0];
    expect([planner.opened, came]).toEqual([3, ["3"]]);
    await second.close();
    await waiting[1];
    expect(came).toEqual(["3", "4"]);
  });

  it("give their turn back once, however often they are closed", async () => {
    const one = turns();
    const first = await sessionOf(one, "1");
    await first.close();
    await first.close();
    await sessionOf(one, "2");
    expect(await Promise.race([sessionOf(one, "3"), new Promise((resolve) => setImmediate(resolve, "waits"))])).toBe("waits");
  });

  it("give their turn back when they are refused or the planner throws", async () => {
    const one = turns();
    planner.refusing = true;
    await one.open(schema("1"));
    planner.refusing = false;
    await sessionOf(one, "2");
    expect(planner.opened).toBe(2);
  });

  it("are refused to a review that waited too long, which may come back later", async () => {
    const impatient = turns({ waitMs: 1 });
    const first = await sessionOf(impatient, "1");
    const refused = await impatient.open(schema("2"));
    expect("refused" in refused && [plain(refused.refused), refused.later]).toEqual([
      "the planner was busy for 0.001 s; the review will be made again",
      true,
    ]);
    await first.close();
    await sessionOf(impatient, "3");
    expect(planner.opened).toBe(2);
  });

  it("that were cut short by time say so, as the planner does", async () => {
    planner.later = true;
    expect((await sessionOf(turns(), "1")).later).toBe(true);
    planner.later = undefined;
    expect(await sessionOf(turns({ atOnce: 2 }), "1")).not.toHaveProperty("later");
  });

  it("that stand too long are closed, and what they say is not to be kept", async () => {
    const session = await sessionOf(turns({ sessionMs: 1 }), "1");
    await expect.poll(() => planner.closed).toBe(1);
    expect(session.work?.kills).toBe(1);
  });
});

describe("the log", () => {
  it("names each session by counts and times, without SQL", async () => {
    const session = await sessionOf(turns(), "CREATE TABLE secret ()");
    await session.explain(question("SELECT secret"));
    await session.explain(question("bad"));
    await session.close();
    expect(log).toEqual([
      {
        level: "info",
        message: "planner session",
        fields: {
          schema: "cold",
          filesRun: 1,
          kills: 0,
          planned: 1,
          failed: 1,
          waitedMs: expect.any(Number),
          openedMs: expect.any(Number),
          ms: expect.any(Number),
        },
      },
    ]);
    expect(JSON.stringify(log)).not.toContain("secret");
  });

  it("warns of a schema that could not be built", async () => {
    planner.refusing = true;
    await turns().open(schema("1"));
    expect(log).toMatchObject([{ level: "warn", fields: { later: true } }]);
  });
});

describe("a server that stops", () => {
  it("ends every session, and fails the reviews that wait or ask, so that none says that nothing could be checked", async () => {
    const one = turns();
    const session = await sessionOf(one, "1");
    const waiting = one.open(schema("2"));
    const asked = session.explain(question("SELECT 1"));
    one.close();
    await expect(waiting).rejects.toThrow("the server stops");
    await expect(asked).rejects.toThrow("the server stops");
    expect(planner.closed).toBe(1);
  });
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { seriesKey } from "../../src/model/evidence.js";
import type { Measurement } from "../../src/model/measurement.js";
import type { RecordedRun } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";

const repository = { installation: 7, repository: 70 };
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));

const time = (value: number, benchmark = "sort"): Measurement => ({
  benchmark,
  metric: "time",
  statistic: "min",
  unit: "s",
  better: "lower",
  value,
});

const run = (sha: string, minute: number, measurements: readonly Measurement[], changes: Partial<RecordedRun> = {}): RecordedRun => ({
  sha,
  at: at(minute),
  onDefaultBranch: true,
  measurements,
  ...changes,
});

const sort = seriesKey(time(0));

describeOnBothEngines("the nearest recorded run", (opened) => {
  test("is that of the first listed commit which has one on the default branch", async () => {
    const { history } = opened().store;
    await history.recordRun(repository, run("c1", 1, [time(1)]));
    await history.recordRun(repository, run("c2", 2, [time(2)]));
    await history.recordRun(repository, run("c3", 3, [time(3)], { onDefaultBranch: false }));
    expect(await history.nearest(repository, ["c4", "c3", "c2", "c1"])).toEqual({ run: run("c2", 2, [time(2)]), distance: 2 });
    expect(await history.nearest(repository, ["c4", "c3"])).toBeNull();
    expect(await history.nearest(repository, [])).toBeNull();
    expect(await history.nearest({ ...repository, installation: 8 }, ["c1"])).toBeNull();
  });

  test("gives measurements and environment back exactly", async () => {
    const { history } = opened().store;
    const full: Measurement = { ...time(0.1 + 0.2), typical: 5e-324, n: 2 ** 40, endpoint: "GET /api", resolution: 1e-9 };
    const rate: Measurement = {
      benchmark: "{\"a\\,b'}",
      metric: "throughput",
      statistic: "rate",
      unit: "1/s",
      better: "higher",
      value: 1e300,
    };
    const recorded = run("c1", 1, [full, rate, time(-0.5, "\0\ud800 ünï")], { environment: { cpu: "Xeon", cores: 4, os: "linux" } });
    await history.recordRun(repository, recorded);
    expect(await history.nearest(repository, ["c1"])).toEqual({ run: recorded, distance: 0 });
  });

  test("joins the runs of one commit, and takes the newest figure of each series", async () => {
    const { history } = opened().store;
    await history.recordRun(repository, run("c1", 5, [time(1), time(9, "only here")]));
    await history.recordRun(repository, run("c1", 6, [time(2), time(3, "load")]));
    const found = await history.nearest(repository, ["c1"]);
    expect(found?.run.at).toEqual(at(6));
    expect(found?.run.measurements).toEqual([time(2), time(3, "load"), time(9, "only here")]);
  });

  test("has one effect when the same run is recorded again", async () => {
    const { store, db } = opened();
    await store.history.recordRun(repository, run("c1", 1, [time(1)]));
    await store.history.recordRun(repository, run("c1", 1, [time(2)]));
    expect((await store.history.nearest(repository, ["c1"]))?.run.measurements).toEqual([time(2)]);
    expect(await db.selectFrom("run").select("series").execute()).toEqual([{ series: [1] }]);
    expect(await db.selectFrom("series").select("id").execute()).toEqual([{ id: 1 }]);
  });

  test("holds any benchmark's name and any finite figure", async () => {
    const { history } = opened().store;
    const figures = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
    const measurement = fc.record({ name: fc.string({ unit: "binary", maxLength: 40 }), value: figures });
    const measured = fc.uniqueArray(measurement, { selector: (one) => one.name, minLength: 1, maxLength: 8 });
    let commit = 0;
    await fc.assert(
      fc.asyncProperty(measured, async (all) => {
        commit += 1;
        const given = all.map(({ name, value }) => time(value, name));
        await history.recordRun(repository, run(`c${commit}`, commit, given));
        const found = await history.nearest(repository, [`c${commit}`]);
        expect(new Set(found?.run.measurements)).toEqual(new Set(given));
      }),
      { numRuns: 20 },
    );
  });
});

describeOnBothEngines("earlier values", (opened) => {
  const values = async (sha: string, limit = 10) => (await opened().store.history.before(repository, sha, limit)).get(sort);

  test("follow the order of commits, not of time, and stop before the commit", async () => {
    const { history } = opened().store;
    await history.recordCommits(repository, ["c1", "c2"]);
    await history.recordCommits(repository, ["c2", "c3", "c4"]);
    for (const [index, sha] of ["c4", "c3", "c2", "c1"].entries()) {
      await history.recordRun(repository, run(sha, index, [time(Number(sha.slice(1)))]));
    }
    expect(await values("c4")).toEqual([1, 2, 3]);
    expect(await values("c3")).toEqual([1, 2]);
    expect(await values("c4", 2)).toEqual([2, 3]);
    expect(await values("c1")).toBeUndefined();
  });

  test("know the order also of runs that were recorded before their commit", async () => {
    const { history } = opened().store;
    await history.recordRun(repository, run("c2", 1, [time(2)]));
    await history.recordRun(repository, run("c1", 2, [time(1)]));
    await history.recordCommits(repository, ["c1", "c2", "c3"]);
    expect(await values("c3")).toEqual([1, 2]);
  });

  test("fall back to the time of runs where no order is known", async () => {
    const { history } = opened().store;
    for (const minute of [3, 1, 2, 4]) await history.recordRun(repository, run(`c${minute}`, minute, [time(minute)]));
    expect(await values("c4")).toEqual([1, 2, 3]);
    expect(await values("c2")).toEqual([1]);
  });

  test("count runs of unknown order as oldest, and only those from before the commit's own run", async () => {
    const { history } = opened().store;
    await history.recordCommits(repository, ["c1", "c2"]);
    await history.recordRun(repository, run("unknown", 7, [time(70)]));
    await history.recordRun(repository, run("too late", 20, [time(99)]));
    await history.recordRun(repository, run("c1", 5, [time(1)]));
    await history.recordRun(repository, run("c2", 10, [time(2)]));
    expect(await values("c2")).toEqual([70, 1]);
  });

  test("are of the default branch of this repository only", async () => {
    const { history } = opened().store;
    await history.recordCommits(repository, ["c1", "c2"]);
    await history.recordRun(repository, run("c1", 1, [time(1)], { onDefaultBranch: false }));
    await history.recordRun({ ...repository, repository: 71 }, run("c1", 1, [time(2)]));
    expect(await history.before(repository, "c2", 10)).toEqual(new Map());
  });

  test("are none of a commit that nothing is known of", async () => {
    await opened().store.history.recordRun(repository, run("c1", 1, [time(1)]));
    expect(await opened().store.history.before(repository, "never seen", 10)).toEqual(new Map());
  });

  test("reach the limit although other workflows measure the same commits", async () => {
    const { history } = opened().store;
    await history.recordCommits(repository, ["c0", "c1", "c2", "c3"]);
    for (const index of [0, 1, 2]) {
      await history.recordRun(repository, run(`c${index}`, index, [time(index)]));
      await history.recordRun(repository, run(`c${index}`, 30 + index, [time(100 + index, "load")]));
    }
    expect(await history.before(repository, "c3", 2)).toEqual(
      new Map([
        [sort, [1, 2]],
        [seriesKey(time(0, "load")), [101, 102]],
      ]),
    );
  });

  test("never mix units: the newest unit counts", async () => {
    const { history } = opened().store;
    await history.recordCommits(repository, ["c1", "c2", "c3"]);
    await history.recordRun(repository, run("c1", 1, [{ ...time(1000), unit: "unknown" }]));
    await history.recordRun(repository, run("c2", 2, [time(1)]));
    expect(await values("c3")).toEqual([1]);
  });
});

describeOnBothEngines("timelines and level shifts", (opened) => {
  const on = (cpu: string) => ({ environment: { cpu } });
  const recordFour = async () => {
    const { history } = opened().store;
    await history.recordCommits(repository, ["c1", "c2", "c3", "c4"]);
    for (const [index, cpu] of ["Xeon", "Arm", "Xeon", "Xeon"].entries()) {
      await history.recordRun(repository, run(`c${index + 1}`, index, [time(index + 1)], on(cpu)));
    }
    return history;
  };

  test("leave out runs of another machine, and keep those of an unknown one", async () => {
    const history = await recordFour();
    expect((await history.before(repository, "c4", 10, { cpu: "Xeon" })).get(sort)).toEqual([1, 3]);
    expect((await history.before(repository, "c4", 10)).get(sort)).toEqual([1, 2, 3]);
    await history.recordCommits(repository, ["c5", "c6"]);
    await history.recordRun(repository, run("c5", 9, [time(5)]));
    expect((await history.before(repository, "c6", 10, { cpu: "Xeon" })).get(sort)).toEqual([1, 3, 4, 5]);
  });

  test("name the commit of every value, oldest first, with the commit's own at the end", async () => {
    const history = await recordFour();
    expect(await history.timelines(repository, "c4", 10, { cpu: "Xeon" })).toEqual([
      {
        ...{ benchmark: "sort", metric: "time", unit: "s", better: "lower" },
        points: [
          { sha: "c1", value: 1 },
          { sha: "c3", value: 3 },
          { sha: "c4", value: 4 },
        ],
      },
    ]);
  });

  test("tell the commits between two, and at least the last where pushes told nothing", async () => {
    const { history } = opened().store;
    await history.recordCommits(repository, ["c1", "c2", "c3", "c4"]);
    expect(await history.between(repository, "c1", "c3")).toEqual(["c2", "c3"]);
    expect(await history.between(repository, "unknown", "c3")).toEqual(["c3"]);
    expect(await history.between(repository, "c1", "unknown")).toEqual(["unknown"]);
  });

  test("keep each shift once, for its repository only", async () => {
    const { history } = opened().store;
    const shift = {
      benchmark: "sort",
      metric: "time",
      sha: "c3",
      before: "c1",
      effect: 0.2,
      at: "2026-01-01T00:00:00Z",
      pulls: [4],
      flagged: false,
    };
    await history.recordShift(repository, shift);
    await history.recordShift(repository, { ...shift, flagged: true });
    expect(await history.shifts(repository)).toEqual([{ ...shift, flagged: true }]);
    expect(await history.shifts({ ...repository, repository: 71 })).toEqual([]);
  });
});

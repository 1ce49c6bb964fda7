import { describe, expect, it } from "vitest";
import type { KnownPull } from "../../src/store/store.js";
import { withGateCheck } from "../../src/worker/first-write.js";
import { type CheckState, type GateCheck, openGateCheck } from "../../src/worker/gate-check.js";
import { openSharedCheck } from "../../src/worker/shared-head.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";
import { useStage, verbs, writable } from "./stage.js";

const stage = useStage();
/** Longer than any test, and as short as can be. */
const [LONG, SHORT] = [600_000, 1] as const;
const CREATE = "POST /repos/{owner}/{repo}/check-runs";
const says = (state: CheckState["state"]): CheckState => ({ state, output: { title: state, summary: "s" } });

async function scene(firstWriteMs: number, given: { readonly github?: FakeGitHub; readonly known?: KnownPull } = {}) {
  const github = given.github ?? writable();
  const place = {
    github,
    known: given.known ?? (await stage.pull()),
    dependencies: { ...stage.dependencies(github), firstWriteMs, staleMs: LONG },
  };
  const states = () => github.sent.map(({ parameters }) => parameters.conclusion ?? parameters.status);
  return {
    github,
    place,
    states,
    work: (act: (check: GateCheck) => Promise<unknown>) => withGateCheck(place, (of) => openSharedCheck(of, true), act),
  };
}

/** A GitHub whose first creation of a check is applied and not answered. */
function doubtful(): FakeGitHub {
  let created = 0;
  return new FakeGitHub({
    [CREATE]: () => {
      created += 1;
      if (created === 1) throw new RequestError(502);
      return { id: created };
    },
    "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": ({ check_run_id: id }) => ({ id }),
  });
}

describe("the first write of a head that has no check", () => {
  it("is the verdict when that is known in time", async () => {
    for (const state of ["success", "failure", "in_progress"] as const) {
      const { github, states, work } = await scene(LONG);
      await work((check) => check.publish(says(state)));
      expect([verbs(github), states()]).toEqual([["POST check-runs"], [state]]);
    }
  });

  it("is that the review is under way when the verdict takes longer, and nothing opens meanwhile", async () => {
    const { github, states, work } = await scene(SHORT);
    await work(async (check) => {
      await expect.poll(() => github.sent.length).toBe(1);
      await check.publish(says("success"));
    });
    expect(states()).toEqual(["in_progress", "success"]);
    expect(verbs(github)).toEqual(["POST check-runs", "PATCH check-runs"]);
  });

  it("is that before anything is read where no time is given for it", async () => {
    const { states, work } = await scene(0);
    await work(async () => expect(states()).toEqual(["in_progress"]));
  });

  it("is made by work that fails, so that the head has a closed check until it is tried again", async () => {
    const { states, work } = await scene(LONG);
    await expect(work(() => Promise.reject(new Error("GitHub is down")))).rejects.toThrow("GitHub is down");
    expect(states()).toEqual(["in_progress"]);
  });

  it("is not made for a pull request that turns out to be closed", async () => {
    const { states, work } = await scene(LONG);
    await work(async () => undefined);
    expect(states()).toEqual([]);
  });

  it("comes before anything else where another pull request has this head and base: its check may be open (R31)", async () => {
    const first = await scene(LONG);
    await first.work((check) => check.publish(says("success")));
    await stage.store.pulls.observe({ ...first.place.known, open: false });
    const second = await scene(LONG, { known: await stage.pull({ headSha: first.place.known.headSha }) });
    await second.work(async () => expect(second.states()).toEqual(["in_progress"]));
  });

  it("does not open the gate when a second pull request with this head came meanwhile (R31)", async () => {
    const { place, states, work } = await scene(LONG);
    await work(async (check) => {
      await stage.pull({ headSha: place.known.headSha });
      await check.publish(says("success"));
    });
    expect(states()).toEqual(["in_progress", "in_progress"]);
  });

  it("waits for evidence from the moment the head was seen, not from when it was written", async () => {
    const { place, work } = await scene(LONG);
    const first = stage.now;
    await work(async (check) => {
      stage.now = new Date(first.getTime() + 700);
      await check.publish(says("in_progress"));
    });
    expect((await openGateCheck(place, false)).since).toEqual(first);
  });
});

describe("a creation that opens the gate and is not answered", () => {
  it("is closed by a newer run before anything else is done, without waiting until GitHub can be asked (R02)", async () => {
    const { states, work } = await scene(LONG, { github: doubtful() });
    await expect(work((check) => check.publish(says("success")))).rejects.toThrow();
    expect(states()).toEqual(["success"]);
    await work(async () => expect(states()).toEqual(["success", "in_progress"]));
    await work((check) => check.publish(says("success")));
    expect(states()).toEqual(["success", "in_progress", "success"]);
  });

  it("needs no such run when it was closed anyway: it is looked for, and adopted", async () => {
    const { states, work } = await scene(LONG, { github: doubtful() });
    await expect(work((check) => check.publish(says("failure")))).rejects.toThrow();
    await expect(work(async () => states())).resolves.toEqual(["failure"]);
  });
});

import { describe, expect, it } from "vitest";
import { type CheckState, openGateCheck } from "../../src/worker/gate-check.js";
import { sweep } from "../../src/worker/sweep.js";
import { Conversation } from "./conversation.js";
import { useStage, verbs, writable } from "./stage.js";

const stage = useStage();
const note = (line: number) =>
  ({ path: "a.sql", start_line: line, end_line: line, annotation_level: "warning", title: "t", message: "m" }) as const;
const done = (state: CheckState["state"], ...lines: readonly number[]): CheckState => ({
  state,
  output: { title: state, summary: "s", annotations: lines.map(note) },
});
const annotations = (parameters: Record<string, unknown>): unknown =>
  (parameters.output as { annotations?: unknown[] }).annotations?.length ?? 0;

async function open(reopens = true, known = stage.pull()) {
  const github = writable();
  const place = { github, known: await known, dependencies: stage.dependencies(github) };
  return { github, place, check: await openGateCheck(place, reopens) };
}

describe("the gate check", () => {
  it("is created in progress before anything else, under the name of its base branch", async () => {
    const { github, place } = await open();
    expect(github.sent).toMatchObject([{ parameters: { name: "redline/main", status: "in_progress", head_sha: place.known.headSha } }]);
  });

  it("is updated to the verdict, and not written again for the same", async () => {
    const { github, place, check } = await open();
    await check.publish(done("failure", 1));
    await check.publish(done("failure", 1));
    const again = await openGateCheck(place, true);
    await again.publish(done("failure", 1));
    expect(verbs(github)).toEqual(["POST check-runs", "PATCH check-runs"]);
  });

  it("goes back to in progress before an open verdict is judged anew, and only then", async () => {
    const { github, place, check } = await open();
    await check.publish(done("success"));
    await openGateCheck(place, false);
    expect(github.sent).toHaveLength(2);
    await openGateCheck(place, true);
    expect(github.sent.at(-1)?.parameters).toMatchObject({ status: "in_progress" });
  });

  it("sends its notes once: GitHub appends them and never replaces them", async () => {
    const { github, place, check } = await open();
    await check.publish(done("failure", 1));
    await (await openGateCheck(place, true)).publish(done("success", 1));
    expect(github.sent.map(({ parameters }) => annotations(parameters))).toEqual([0, 1, 0]);
    expect(verbs(github)).toEqual(["POST check-runs", "PATCH check-runs", "PATCH check-runs"]);
  });

  it("is superseded by a new run when its notes changed, so that no old note stays", async () => {
    const { github, place, check } = await open();
    await check.publish(done("failure", 1));
    await (await openGateCheck(place, true)).publish(done("failure", 1, 2));
    expect(verbs(github)).toEqual(["POST check-runs", "PATCH check-runs", "POST check-runs"]);
    expect(github.sent.at(-1)?.parameters).toMatchObject({ status: "completed", conclusion: "failure" });
  });

  it("carries no notes while it waits, so that the same run can end it", async () => {
    const { github, check } = await open();
    await check.publish(done("in_progress", 1));
    await check.publish(done("failure", 1));
    expect(verbs(github)).toEqual(["POST check-runs", "PATCH check-runs", "PATCH check-runs"]);
    expect(github.sent.map(({ parameters }) => annotations(parameters))).toEqual([0, 0, 1]);
  });

  const LATER = 6_000;
  const lost = async () => {
    const conversation = new Conversation();
    const known = await stage.pull();
    const dependencies = { ...stage.dependencies(conversation.github), staleMs: LATER };
    const here = { github: conversation.github, known, dependencies };
    return { conversation, place: here, sweep: () => sweep(known, dependencies) };
  };
  const pass = (ms: number): void => {
    stage.now = new Date(stage.now.getTime() + ms);
  };

  it("whose creation got no answer is adopted, and goes on to the verdict (R02)", async () => {
    const { conversation, place, sweep: look } = await lost();
    conversation.fault = "applied, then lost";
    await expect(openGateCheck(place, true)).rejects.toThrow();
    await expect(openGateCheck(place, true)).rejects.toThrow("not before");
    pass(LATER);
    await (await openGateCheck(place, true)).publish(done("failure", 1));
    expect(conversation.runs).toMatchObject([{ state: "failure", annotations: 1 }]);
    expect(await look()).not.toBeNull();
    pass(LATER);
    expect(await look()).toBeNull();
  });

  it("that superseded another one and got no answer may be open: nothing that is stored is believed, and it is closed (R02)", async () => {
    const { conversation, place } = await lost();
    await (await openGateCheck(place, true)).publish(done("failure", 1));
    conversation.fault = "applied, then lost";
    await expect((await openGateCheck(place, true)).publish(done("success", 2))).rejects.toThrow();
    pass(LATER);
    await (await openGateCheck(place, true)).publish(done("failure", 1));
    expect(conversation.runs.at(-1)).toMatchObject({ state: "failure", annotations: 1 });
  });

  it("of which a newer one of ours appears late is written to that one, which is what GitHub counts (R02)", async () => {
    const { conversation, place, sweep: look } = await lost();
    conversation.fault = "lost, not applied";
    await expect(openGateCheck(place, true)).rejects.toThrow();
    pass(LATER);
    await (await openGateCheck(place, true)).publish(done("failure"));
    conversation.runs.push({ id: 999, state: "in_progress", annotations: 0, externalId: conversation.runs[0]?.externalId });
    pass(LATER);
    expect(await look()).toEqual(stage.now);
    await (await openGateCheck(place, false)).publish(done("failure"));
    expect(conversation.runs.map(({ id, state }) => [id, state])).toEqual([
      [101, "failure"],
      [999, "failure"],
    ]);
  });

  it("has its notes once, though the answer to them was lost", async () => {
    const { conversation, place } = await lost();
    const check = await openGateCheck(place, true);
    conversation.fault = "applied, then lost";
    await expect(check.publish(done("failure", 1, 2))).rejects.toThrow();
    await (await openGateCheck(place, false)).publish(done("failure", 1, 2));
    expect(conversation.runs.at(-1)).toMatchObject({ state: "failure", annotations: 2 });
  });

  it("is written again when the answer to an update was lost, also back to what it said before", async () => {
    const { conversation, place } = await lost();
    const check = await openGateCheck(place, true);
    await check.publish(done("failure"));
    conversation.fault = "applied, then lost";
    await expect(check.publish(done("success"))).rejects.toThrow();
    await (await openGateCheck(place, false)).publish(done("failure"));
    expect(conversation.runs).toMatchObject([{ state: "failure" }]);
  });

  it("remembers when the head was first seen", async () => {
    const { place, check } = await open();
    const first = stage.now;
    stage.now = new Date(first.getTime() + 60_000);
    await check.publish(done("success"));
    expect((await openGateCheck(place, true)).since).toEqual(first);
  });
});

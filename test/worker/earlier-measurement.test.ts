import { expect, it } from "vitest";
import { text } from "../../src/model/text.js";
import type { Verdict } from "../../src/model/verdict.js";
import { earlierMeasurement } from "../../src/worker/earlier-measurement.js";
import { useStage } from "./stage.js";

const stage = useStage();
const [A, B, C] = ["a".repeat(40), "b".repeat(40), "c".repeat(40)] as const;

const judged = (sha: string, over: string | null): Verdict => ({
  ...{ conclusion: "failure", advisory: false, title: text`closed`, action: [], violations: [] },
  measured: { sha, workflows: ["load.yml"], over: over === null ? null : text`${over}` },
});

const unmeasured: Verdict = { conclusion: "action_required", advisory: false, title: text`waits`, action: [], violations: [] };

async function scene(headSha: string) {
  const known = await stage.pull({ headSha });
  const { overrides, pulls } = stage.store;
  const seen = (at: string, sha: string) => overrides.sight(known, { at: `2026-01-05T${at}:00Z`, headSha: sha, baseRef: "main" });
  return { known, seen, save: (sha: string, verdict: Verdict) => pulls.saveVerdict(known, sha, verdict) };
}

it("is that of the newest earlier head that was measured, whatever was pushed since (R28)", async () => {
  const { known, seen, save } = await scene("d".repeat(40));
  for (const [at, sha] of [
    ["08:00", A],
    ["08:10", B],
    ["08:20", C],
    ["08:30", known.headSha],
  ] as const)
    await seen(at, sha);
  await save(A, judged(A, null));
  await save(B, judged(B, "60 ms against at most 25 ms"));
  await save(C, unmeasured);
  await save(known.headSha, judged(known.headSha, null));
  expect(await earlierMeasurement(known, stage.store)).toMatchObject({ sha: B });
});

it("of a head that was pushed again counts from then on, and one that no event told of is the newest", async () => {
  const { known, seen, save } = await scene("e".repeat(40));
  for (const [at, sha] of [
    ["08:00", A],
    ["08:10", B],
    ["08:20", A],
    ["08:30", known.headSha],
  ] as const)
    await seen(at, sha);
  await save(A, judged(A, "slow"));
  await save(B, judged(B, null));
  expect(await earlierMeasurement(known, stage.store)).toMatchObject({ sha: A });
  await save(C, judged(C, null));
  expect(await earlierMeasurement(known, stage.store)).toMatchObject({ sha: C });
});

it("is null where nothing was measured", async () => {
  const { known, save } = await scene("f".repeat(40));
  await save(A, unmeasured);
  expect(await earlierMeasurement(known, stage.store)).toBeNull();
});

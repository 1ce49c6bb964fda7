import { describe, expect, test } from "vitest";
import { plain } from "../../src/model/text.js";
import { openArchive } from "../../src/sandbox/archive.js";
import { readRun } from "../../src/worker/collect-runs.js";
import { configOf } from "../config/reading.js";
import { FakeGitHub } from "../github/fake-github.js";

const LIST = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts";
const run = { id: 9, attempt: 1, name: "ci", url: "https://github.test/run/9", startedAt: "2026-01-05T09:00:00Z", completed: true };

async function told(bytes: number, resultCap: number, expired = false) {
  const listed = { id: 1, name: "redline", size_in_bytes: bytes, expired, created_at: run.startedAt };
  const github = new FakeGitHub({ [LIST]: () => ({ artifacts: [listed] }) });
  const place = { github, repository: { owner: "acme", name: "shop" }, apiUrl: "https://api.github.test", openArchive, resultCap };
  const [result] = await readRun(place, run, configOf(""));
  const [problem] = result?.run.problems ?? [];
  return { file: result?.file, code: problem?.code, message: plain(problem?.message ?? []), remedy: plain(problem?.remedy ?? []) };
}

describe("an artifact that is not downloaded", () => {
  test("is above the cap: its size, the cap and what helps are named", async () => {
    expect(await told(312_000_000, 200_000_000)).toEqual({
      file: "redline",
      code: "too-large",
      message: "not read: 312 MB, the cap is 50 MB for an artifact's zip",
      remedy: "upload smaller result files, such as the tool's summary, or let the operator of this App raise REDLINE_RESULT_CAP",
    });
    expect((await told(312_000_000, 1_000_000_000)).message).toBe("not read: 312 MB, the cap is 250 MB for an artifact's zip");
  });

  test("has expired: the workflow is to run again", async () => {
    expect(await told(10, 200_000_000, true)).toMatchObject({
      code: "artifact-unread",
      message: "the artifact redline has expired",
      remedy: "run the workflow again on this head",
    });
  });
});

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerLine } from "../../src/cli/judge-answer.js";
import { redline } from "./run.js";

interface Case {
  readonly request: { readonly id: string };
  readonly expect: { readonly decision: string; readonly change: number; readonly p?: number };
}

const cases: readonly Case[] = readFileSync(new URL("../fixtures/statistics/judge_cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line): Case => JSON.parse(line));

const pairs = { id: "a", mode: "A", better: "lower", base: [[1, 2], [1.01], [1]], head: [[1.2], [1.21], [1.2]] };
const stored = { id: "b", mode: "B", better: "lower", history: [1, 1.01, 0.99, 1, 1, 1.02, 1, 0.98, 1, 1], head: [1] };
const ask = (request: object) => answerLine(JSON.stringify(request));

describe("redline judge", () => {
  it.each(cases)("answers the golden request $request.id", ({ request, expect: expected }) => {
    const answer = ask(request);
    expect(answer).toMatchObject({ id: request.id, decision: expected.decision });
    const { change, p } = answer as { change: number; p?: number };
    expect(Math.abs(change / expected.change - 1)).toBeLessThan(1e-6);
    if (expected.p !== undefined) expect(Math.abs((p ?? 0) / expected.p - 1)).toBeLessThan(1e-6);
  });

  it("answers lines in a stream, says what is wrong with one and goes on with the next", async () => {
    const input = `${JSON.stringify(pairs)}\n{"id":\n\n{"id":"c","mode":"C"}\n${JSON.stringify(stored)}`;
    const { code, stdout, stderr } = await redline(["judge", "--stdin-json"], { input });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const answers = stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(answers).toEqual([
      expect.objectContaining({ id: "a", decision: "regression" }),
      { id: null, error: "the line is not a JSON object" },
      { id: "c", error: 'mode must be "A" or "B"' },
      expect.objectContaining({ id: "b", decision: "no-change" }),
    ]);
  });

  it("needs no flag, and answers nothing to nothing", async () => {
    expect(await redline(["judge"], { input: "" })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await redline(["judge", "file.jsonl"])).code).toBe(2);
  });

  it.each([
    [{ ...pairs, better: undefined }, "a", "better"],
    [{ ...pairs, better: "faster" }, "a", "better"],
    [{ ...pairs, mode: "Z" }, "a", "mode"],
    [{ ...pairs, id: 7 }, null, "id"],
    [{ ...pairs, base: [] }, "a", "base is empty"],
    [{ ...pairs, base: [[1], []] }, "a", "process 2 of base is empty"],
    [{ ...pairs, base: [1, 2, 3] }, "a", "process 1 of base"],
    [{ ...pairs, head: [[1], [null], [1]] }, "a", "process 2 of head"],
    [{ ...pairs, head: [[1], [0], [1]] }, "a", "above 0"],
    [{ ...pairs, head: [[1], ["1"], [1]] }, "a", "numbers"],
    [{ ...pairs, alpha: 1 }, "a", "alpha"],
    [{ ...pairs, minEffect: -0.1 }, "a", "minEffect"],
    [{ ...pairs, statistic: "mean" }, "a", "statistic"],
    [{ ...stored, history: [] }, "b", "history is empty"],
    [{ ...stored, head: [-1] }, "b", "above 0"],
    [{ ...stored, head: undefined }, "b", "head must be"],
    [{ ...pairs, base: [[1e-300], [1e-300], [1e-300]], head: [[1e300], [1e300], [1e300]] }, "a", "too far apart"],
  ])("refuses %j with its id and a reason", (request, id, word) => {
    expect(ask(request)).toEqual({ id, error: expect.stringContaining(word) });
  });

  it("refuses an infinite number, and takes no field from the prototype", () => {
    expect(answerLine('{"id":"x","mode":"B","better":"lower","history":[1e999],"head":[1]}')).toMatchObject({ error: /history/ });
    expect(answerLine('\uFEFF{"id":"x","mode":"C"}')).toMatchObject({ id: "x" });
    expect(answerLine('{"__proto__":{"id":"x"}}')).toEqual({ id: null, error: "id must be a string" });
  });

  it("says what would decide where nothing is decided", () => {
    expect(ask({ ...stored, head: [1.5] })).toMatchObject({
      decision: "inconclusive",
      need: 2,
      reason: expect.stringContaining("2 more times"),
    });
    expect(ask({ ...stored, history: [1, 1], head: [1.1] })).toMatchObject({
      decision: "inconclusive",
      reason: expect.stringContaining("2 of the 10"),
    });
    expect(ask({ ...pairs, base: [[1]], head: [[2]] })).toMatchObject({ decision: "inconclusive", need: 3 });
  });

  it("takes thresholds and the statistic from the request", () => {
    expect(ask({ ...pairs, minEffect: 0.3 })).toMatchObject({ decision: "no-change" });
    expect(
      ask({
        ...pairs,
        base: [
          [1, 2, 2, 2],
          [1, 2, 2, 2],
          [1, 2, 2, 2],
        ],
        statistic: "p25",
      }),
    ).toMatchObject({ decision: "improvement" });
  });

  it("gives every line one answer, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .record({ id: fc.string(), mode: fc.constant("A"), better: fc.constant("lower"), base: fc.anything(), head: fc.anything() })
            .map((request) => JSON.stringify(request, (_, value) => (typeof value === "bigint" ? null : value))),
        ),
        (line) => {
          const answer = answerLine(line);
          expect("error" in answer || "decision" in answer).toBe(true);
          expect(answerLine(line)).toEqual(answer);
        },
      ),
    );
  });
});

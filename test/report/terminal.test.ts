import { expect, test } from "vitest";
import { renderTerminal } from "../../src/report/terminal.js";
import { cases, infected, taking } from "./hostile.js";
import { actionRequired, all, blocked, open } from "./reviews.js";

const ESCAPE = "\u001B";

test.each(Object.entries(all))("the terminal output of a review that is %s", async (name, review) => {
  await expect(renderTerminal(review, { color: false })).toMatchFileSnapshot(`../fixtures/report/terminal/${name}.txt`);
});

test("starts with the verdict and what to do", () => {
  expect(renderTerminal(blocked, { color: false, width: 200 }).split("\n")[0]).toBe(
    "❌ /api/checkout latency_p99 231 ms is over its budget of 200 ms (and 2 more). Mend it, or ask a member of perf-team to put the label perf-override on this head.",
  );
});

test("colours the verdict, and only when asked", () => {
  expect(renderTerminal(blocked, { color: true }).startsWith(`${ESCAPE}[31m❌`)).toBe(true);
  expect(renderTerminal(open, { color: true }).startsWith(`${ESCAPE}[32m✅`)).toBe(true);
  expect(renderTerminal(blocked, { color: false })).not.toContain(ESCAPE);
});

test("sentences keep to the width", () => {
  const lines = renderTerminal(actionRequired, { color: false, width: 60 }).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
});

test("nobody's words become a control sequence or a workflow command", () => {
  const next = taking(cases(2_000));
  for (let round = 0; round < 100; round += 1) {
    const review = infected(blocked, next);
    const colored = renderTerminal(review, { color: true, width: 20 + round });
    const own = ["0", "1", "2", "31"].reduce((left, style) => left.replaceAll(`${ESCAPE}[${style}m`, ""), colored);
    expect(own.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(own).not.toMatch(/^\s*::/mu);
    expect(own).not.toContain("##[");
    expect(own).toBe(renderTerminal(review, { color: false, width: 20 + round }));
  }
});

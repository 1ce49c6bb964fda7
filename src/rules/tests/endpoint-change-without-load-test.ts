import { z } from "zod";
import type { Changes, Evidence } from "../../model/evidence.js";
import type { FindingOf, Rule } from "../../model/rule.js";
import { text } from "../../model/text.js";

/** The path of `GET /api/users/{id}` up to its first parameter, which every tool writes in its own way. */
function literalPath(pattern: string): string {
  const segments = pattern.slice(Math.max(0, pattern.indexOf("/"))).split("/");
  const parameter = segments.findIndex((segment) => ["{", "[", ":", "*"].some((mark) => segment.startsWith(mark)));
  return parameter < 0 ? segments.join("/") : `${segments.slice(0, parameter).join("/")}/`;
}

const isMentioned = (pattern: string, { files, loadTests }: Changes): boolean =>
  files.some((file) => loadTests.includes(file.path) && file.head?.includes(literalPath(pattern)));

const isMeasured = (pattern: string, budgets: Evidence["budgets"]): boolean =>
  budgets.some((budget) => budget.endpoint === pattern && budget.values.length > 0);

/** A budgeted endpoint whose code changed is neither measured at this head nor in a load test that changed with it. */
export const endpointChangeWithoutLoadTest: Rule<"changes" | "budgets"> = {
  id: "tests/endpoint-change-without-load-test",
  answers: "tests/load-test",
  needs: ["changes", "budgets"],
  options: z.strictObject({}),
  check({ changes, budgets }) {
    return changes.endpoints
      .filter(({ pattern }, index, all) => all.findIndex((other) => other.pattern === pattern) === index)
      .filter(({ pattern }) => !isMeasured(pattern, budgets) && !isMentioned(pattern, changes))
      .map(
        ({ pattern, path, line }): FindingOf => ({
          severity: "warning",
          message: text`${pattern} has a budget and its code changed, but no load test measured it at this head`,
          help: text`Run the load test on this head and upload its result, or add the endpoint to the load test.`,
          at: { path, line },
        }),
      );
  },
};

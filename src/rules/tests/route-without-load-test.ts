import { z } from "zod";
import type { CoveredRoute } from "../../model/coverage.js";
import type { FindingOf, Rule } from "../../model/rule.js";
import { join, text } from "../../model/text.js";

/** Routes that are named of one file. */
const NAMED = 3;

const shown = ({ route: { method, written } }: CoveredRoute): string => (method === null ? written : `${method} ${written}`);

function findingOf(routes: readonly CoveredRoute[], files: number): readonly FindingOf[] {
  const [first] = routes;
  if (!first) return [];
  const names = join(
    routes.slice(0, NAMED).map((route) => text`${shown(route)}`),
    ", ",
  );
  const more = routes.length > NAMED ? text` and ${routes.length - NAMED} more` : [];
  return [
    {
      severity: "notice",
      message: text`${names}${more} ${routes.length === 1 ? ["is"] : ["are"]} new, and none of the ${files} load-test ${files === 1 ? ["file"] : ["files"]} requests ${routes.length === 1 ? ["it"] : ["them"]}`,
      help: text`Add the request to the load test if the route will see load, or tick the line if it will not.`,
      at: { path: first.file, line: first.line },
    },
  ];
}

/** A repository with load tests got a route that none of them requests, and that nothing measured at this head. */
export const routeWithoutLoadTest: Rule<"coverage"> = {
  id: "tests/route-without-load-test",
  answers: "tests/load-test",
  needs: ["coverage"],
  options: z.strictObject({}),
  check({ coverage: { routes, loadTests } }) {
    if (routes.status === "absent" || loadTests.files.length === 0 || loadTests.incomplete) return [];
    const missing = routes.value.filter(({ how, covers }) => how === "added" && covers.length === 0);
    const files = [...new Set(missing.map(({ file }) => file))];
    return files.flatMap((path) =>
      findingOf(
        missing.filter(({ file }) => file === path),
        loadTests.files.length,
      ),
    );
  },
};

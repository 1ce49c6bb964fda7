import { z } from "zod";
import type { FindingOf, Rule } from "../../model/rule.js";
import { text } from "../../model/text.js";

/** A load test still requests a route that this change takes away: it would measure the answer to an unknown address. */
export const removedRouteInLoadTest: Rule<"coverage"> = {
  id: "tests/removed-route-in-load-test",
  answers: "tests/load-test",
  needs: ["coverage"],
  options: z.strictObject({}),
  check({ coverage: { routes } }) {
    if (routes.status === "absent") return [];
    // How a path ends is not enough: another route may end like it.
    const gone = routes.value.filter(({ how, route }) => how === "removed" && route.whole);
    return gone.flatMap(({ route, file, covers }) =>
      covers
        .filter(({ why }) => why === "requested")
        .map(
          ({ name, line = 1 }): FindingOf => ({
            severity: "notice",
            message: text`${name} still requests ${route.written}, which this change takes out of ${file}`,
            help: text`Take the request out of the load test, or point it to the route that takes its place. What answers an unknown address is fast, so the figures would look better than they are.`,
            at: { path: name, line },
          }),
        ),
    );
  },
};

import type { Collected } from "../model/collected.js";
import { type Cover, type Coverage, type CoveredRoute, type CriticalChange, toldHeat } from "../model/coverage.js";
import type { CollectedEvidence } from "../model/evidence.js";
import { join, type Text, text } from "../model/text.js";
import { complete, count, type Examination, notApplicable, partial } from "./examination.js";
import { named } from "./examine-sources.js";

/** Of each kind so many are named, then the rest is counted. */
const NAMED = 3;

const listed = (sentences: readonly Text[]): Text => {
  const more = sentences.length - NAMED;
  return text`${join(sentences.slice(0, NAMED), "; ")}${more > 0 ? text`; and ${more} more` : []}`;
};

const because: Readonly<Record<Cover["why"], Text>> = {
  declared: text` (declared)`,
  named: text` (by its name)`,
  traced: text` (as its record shows)`,
  routed: text` (its route stands there)`,
  requested: [],
  measured: [],
};

const byWhat = ({ what, why, name, line }: Cover): Text => {
  if (what === "load test") return text`requested by ${line === undefined ? name : `${name}:${line}`}`;
  return text`${what === "benchmark file" ? text`changed with it, ` : text`${[what]} `}${name}${because[why]}`;
};

const covered = (name: Text, [first, ...others]: readonly Cover[]): Text =>
  text`${name}: ${first ? byWhat(first) : text`nothing of this head`}${others.length > 0 ? text` and others` : []}`;

const criticalName = ({ name, heat }: CriticalChange): Text => (heat ? text`${name} (${toldHeat(heat)})` : text`${name}`);

const withCoverage = (evidence: CollectedEvidence, examine: (coverage: Coverage) => Examination): Examination =>
  evidence.coverage.status === "collected" ? examine(evidence.coverage.value) : partial(evidence.coverage.reason);

const changedFiles = ({ changes }: CollectedEvidence): number => (changes.status === "collected" ? changes.value.files.length : 0);

/** Why a critical change has no benchmark, where no finding says it. */
function openCritical(open: CriticalChange, { measured, changedBenchmarks }: Coverage, results: Collected<unknown>): Text {
  if (open.kind === "endpoint") return text`${open.name} has a budget and its code changed, but no result of this head measured it`;
  if (results.status === "absent" && changedBenchmarks.length === 0) return results.reason;
  if (measured + changedBenchmarks.length === 0) return text`no benchmark was measured at this head or changed with it`;
  const had =
    measured > 0
      ? text`${count(measured, "benchmark")} ${measured === 1 ? ["was"] : ["were"]} measured at this head`
      : text`${named(changedBenchmarks)} changed`;
  return text`${had}; nothing says that ${open.name} runs there: look, or name it under covered_by of critical`;
}

/** Passed when every critical change has a measurement or a changed benchmark that is known to exercise it. */
export function benchmarkCovers(evidence: CollectedEvidence): Examination {
  return withCoverage(evidence, (coverage) => {
    const { critical } = coverage;
    if (critical.length === 0) {
      return notApplicable(
        text`none of the ${count(changedFiles(evidence), "changed file")} is critical or holds an endpoint with a budget`,
      );
    }
    const order = critical.toSorted((one, other) => one.covers.length - other.covers.length);
    const seen = text`${count(critical.length, "critical change")}: ${listed(order.map((change) => covered(criticalName(change), change.covers)))}`;
    const open = order.find(({ covers }) => covers.length === 0);
    return open ? partial(openCritical(open, coverage, evidence.results), seen) : complete(seen);
  });
}

const shown = ({ route: { method, written } }: CoveredRoute): Text => text`${method === null ? written : `${method} ${written}`}`;

const toldRoute = (route: CoveredRoute): Text => {
  const name = text`${shown(route)} (${[route.how]})`;
  return route.how === "removed" && route.covers.length === 0 ? name : covered(name, route.covers);
};

/** Routes that a load test should know, and what of them none does. */
function routesExamined(routes: readonly CoveredRoute[], { loadTests }: Coverage): Examination {
  const seen = text`${count(routes.length, "route")}: ${listed(routes.map(toldRoute))}; ${count(loadTests.files.length, "load-test file")} read`;
  const open = routes.filter(({ how, covers }) => how !== "removed" && covers.length === 0);
  const [first] = open;
  if (loadTests.incomplete) return partial(loadTests.incomplete, seen);
  if (!first) return complete(seen);
  const others = open.length > 1 ? text` (and ${open.length - 1} more)` : [];
  return partial(text`no load test requests ${shown(first)}${others}: add it, or tick this line if it sees no load`, seen);
}

/** Budgeted endpoints whose code changed: a figure of this head answers, or a load test that changed with them. */
function endpointsExamined(evidence: CollectedEvidence): Examination | null {
  if (evidence.changes.status === "absent") return partial(evidence.changes.reason);
  const { endpoints, loadTests } = evidence.changes.value;
  if (endpoints.length === 0) return null;
  const patterns = [...new Set(endpoints.map(({ pattern }) => pattern))];
  const seen = text`${count(patterns.length, "changed endpoint")} with a budget (${named(patterns)}), ${count(loadTests.length, "changed load-test file")}`;
  return evidence.results.status === "absent" && loadTests.length === 0 ? partial(evidence.results.reason, seen) : complete(seen);
}

const seenOf = (examination: Examination): Text => ("seen" in examination && examination.seen ? examination.seen : []);

function both(one: Examination | null, other: Examination | null): Examination | null {
  if (!one || !other) return one ?? other;
  const seen = text`${seenOf(one)}; ${seenOf(other)}`;
  const open = [one, other].find(({ status }) => status === "partial");
  return open?.status === "partial" ? partial(open.reason, seen) : complete(seen);
}

/** Without a load test there is none to update. */
const isLoadTested = (coverage: Coverage, routes: readonly CoveredRoute[]): boolean =>
  coverage.loadTests.files.length > 0 || coverage.loadTests.incomplete !== undefined || routes.some(({ covers }) => covers.length > 0);

/** Passed when every new or changed route is requested by a load test or measured, and every changed endpoint with a budget too. */
export function loadTestUpdated(evidence: CollectedEvidence): Examination {
  return withCoverage(evidence, (coverage) => {
    const routes = coverage.routes.status === "collected" ? coverage.routes.value : [];
    const ofRoutes = routes.length > 0 && isLoadTested(coverage, routes) ? routesExamined(routes, coverage) : null;
    const unread = coverage.routes.status === "absent" && evidence.source.status === "collected" ? partial(coverage.routes.reason) : null;
    const found = both(endpointsExamined(evidence), ofRoutes ?? unread);
    if (found) return found;
    if (routes.length > 0) {
      return notApplicable(
        text`${count(routes.length, "route")} changed (${listed(routes.map(toldRoute))}), but no load test is known: name its files under paths.load_tests`,
      );
    }
    return notApplicable(text`no route and no endpoint with a budget in the ${count(changedFiles(evidence), "changed file")}`);
  });
}

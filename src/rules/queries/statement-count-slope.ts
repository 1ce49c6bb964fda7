import { z } from "zod";
import type { CountedEntry, CountedSuite, Slope } from "../../model/counts.js";
import type { FindingOf, Rule, Severity } from "../../model/rule.js";
import { join, type Text, text } from "../../model/text.js";
import { counted, queries, shownStatement } from "../../sql/counted-phrases.js";
import { allowedIn, hasSoundBase, isPreparation, told } from "../counted-entries.js";

const NAMED = 3;

type Growing = Slope["growing"][number];

const grewBy = ({ statement, counts: [small, large] }: Growing): Text =>
  text`${counted(small)} → ${counted(large)} × ${shownStatement(statement)}`;

function listed(growing: readonly Growing[]): Text {
  const more = growing.length > NAMED ? text`, and ${growing.length - NAMED} more` : [];
  return text`${join(growing.slice(0, NAMED).map(grewBy), ", ")}${more}`;
}

/** Grown at the base as well, or nobody knows: worth a look, and no news. */
function severityOf({ wasThere }: Slope, suite: CountedSuite): Severity {
  return wasThere === true || !hasSoundBase(suite) ? "question" : "warning";
}

function findingOf(entry: CountedEntry, slope: Slope, suite: CountedSuite): readonly FindingOf[] {
  const allowed = allowedIn(entry);
  const growing = slope.growing.filter(({ statement }) => !isPreparation(entry, statement) && !allowed.has(statement.fingerprint));
  const [[few, many], [small, large]] = [slope.scales, slope.counts];
  if (growing.length === 0 || large <= small) return [];
  const said = text`${entry.name}: ${counted(small)} → ${queries(large)} when its data grow from ${counted(few)} to ${counted(many)}`;
  return [
    {
      severity: severityOf(slope, suite),
      title: said,
      message: text`${said}${slope.wasThere === true ? [" (as before)"] : []}: ${listed(growing)}. The number of statements grows with the data: that is N+1, measured.`,
      help: text`Load the rows with one statement: a join, \`= ANY($1)\`, or the ORM's eager loading. Then both sizes send as many statements.`,
      measured: { actual: large, limit: small, unit: "1" },
    },
  ];
}

/** A test that ran with two sizes of data (`redline.scale`) and sent more statements with the larger. */
export const statementCountSlope: Rule<"runtime"> = {
  id: "queries/statement-count-slope",
  answers: "queries/no-n-plus-one",
  needs: ["runtime"],
  options: z.strictObject({}),
  check: ({ runtime }) =>
    told(runtime.suites.flatMap((suite) => suite.entries.flatMap((entry) => (entry.slope ? findingOf(entry, entry.slope, suite) : [])))),
};

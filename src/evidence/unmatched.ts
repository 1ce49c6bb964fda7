import type { Comparison } from "../model/judgement.js";
import { statement, type Text, text } from "../model/text.js";
import { type Draft, unjudged } from "./drafts.js";
import { likelyRenames, type Named } from "./renames.js";

/** A series that only one side has. */
export interface Lone {
  readonly key: string;
  readonly first: Named["first"] & Pick<Comparison, "better">;
  /** What is known of its own side. */
  readonly sides: Partial<Comparison>;
}

const hint = (now: string, before: string): Text =>
  text`; possibly renamed: put ${statement(`${JSON.stringify(now)}: ${JSON.stringify(before)}`)} under benchmarks.aliases to have them compared`;

const sameMetric = (left: Lone, right: Lone): boolean =>
  left.first.benchmark === right.first.benchmark && left.first.metric === right.first.metric;

/** Series with no partner of the same statistic: incomparable where another statistic is there, else new or missing. */
export function unmatched(added: readonly Lone[], gone: readonly Lone[]): readonly Draft[] {
  const changed = added.filter((series) => gone.some((other) => sameMetric(series, other)));
  const fresh = added.filter((series) => !changed.includes(series));
  const missing = gone.filter((series) => !changed.some((other) => sameMetric(series, other)));
  const renames = likelyRenames(missing, fresh);
  const lone = ({ key, first, sides }: Lone, decision: "new" | "missing", said: Text): Comparison => {
    const alias = renames.get(key) ?? null;
    if (alias === null) return unjudged(first, decision, said, sides);
    const why = decision === "new" ? text`; possibly renamed from ${alias}` : hint(alias, first.benchmark);
    return unjudged(first, decision, text`${said}${why}`, { ...sides, alias });
  };
  return [
    ...changed.map(({ first, sides }) =>
      unjudged(first, "incomparable", text`the statistic differs between the baseline and this head`, sides),
    ),
    ...fresh.map((series) => lone(series, "new", text`the baseline does not have it`)),
    ...missing.map((series) => lone(series, "missing", text`the baseline has it, this head does not`)),
  ].map((comparison) => ({ comparison }));
}

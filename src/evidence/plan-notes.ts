import type { Planned } from "../model/plan.js";
import { plain, type Text, text } from "../model/text.js";

interface Untried {
  readonly why: Text;
  readonly statements: readonly Planned["statement"][];
}

/** Statements of which nobody knows whether an index would help, by the reason, in their order. */
function untriedOf(planned: readonly Planned[]): readonly Untried[] {
  const byReason = new Map<string, Untried>();
  for (const one of planned) {
    if (one.state !== "planned" || !one.untried) continue;
    const key = plain(one.untried);
    byReason.set(key, { why: one.untried, statements: [...(byReason.get(key)?.statements ?? []), one.statement] });
  }
  return [...byReason.values()];
}

/** One sentence a reason. */
export const untriedNotes = (planned: readonly Planned[]): readonly Text[] =>
  untriedOf(planned).map(
    ({ why, statements }) => text`no index was tried for ${statements.length} statement${[statements.length === 1 ? "" : "s"]}: ${why}`,
  );

/** Modified statements that stand alone, because what they replace could not be planned: the first with its reason. */
export function aloneNotes(planned: readonly Planned[]): readonly Text[] {
  const alone = planned.flatMap((one) =>
    one.state === "planned" && one.noBefore ? [{ why: one.noBefore, statement: one.statement }] : [],
  );
  const [first] = alone;
  if (!first) return [];
  const { path, line } = first.statement;
  const more = alone.length > 1 ? text`, and ${alone.length - 1} more` : [];
  return [text`there is no plan of what was replaced at ${path} line ${line} (${first.why})${more}`];
}

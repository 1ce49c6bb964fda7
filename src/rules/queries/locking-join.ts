import { text } from "../../model/text.js";
import type { Query } from "../../sql/query.js";
import { leaves } from "../../sql/query-walk.js";
import { readsTable } from "../../sql/row-bounds.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { type Hit, statementRule } from "../statement-rule.js";

/** Names of the sources whose rows are locked: a CTE's and a function's are not. */
const locked = (level: Query): readonly string[] =>
  leaves(level.from).flatMap((leaf) => (leaf.kind === "table" || (leaf.kind === "subquery" && readsTable(leaf.query)) ? leaf.alias : []));

function hits(level: Query): readonly Hit[] {
  const [locking] = level.locking.filter(({ of }) => of.length === 0);
  const names = locked(level);
  const [first] = names;
  if (!locking || first === undefined || names.length < 2) return [];
  const verb = locking.strength === "update" ? "FOR UPDATE" : "FOR SHARE";
  const shown = names.slice(0, 5).join(", ");
  return [
    {
      what: text`${[verb]} over a join of ${shown}, without OF`,
      help: text`Lock the rows that are written, and only these: ${`${verb} OF ${first}`}.`,
    },
  ];
}

/** A lock on the rows of every table of a join. */
export const lockingJoin = statementRule({
  id: "queries/locking-join",
  answers: "queries/bounded",
  dialects: ["postgresql", "mysql"],
  on: queryKinds,
  severity: "warning",
  sized: false,
  effect: text`It locks the rows that it reads in every one of these tables until the transaction ends: writers of all of them wait, and two such queries in different order are a deadlock.`,
  look: (statement, surroundings) => standingLevels(statement, surroundings).flatMap(hits),
});

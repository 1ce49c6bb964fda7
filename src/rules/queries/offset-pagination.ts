import { text } from "../../model/text.js";
import { type Offset, offsetsOf } from "../../sql/offsets.js";
import { isLasting } from "../../sql/tables.js";
import { type Hit, statementRule } from "../statement-rule.js";

/** Fewer skipped rows than this are read in about a millisecond. */
const LARGE_OFFSET = 1000;

function hit(offset: Offset): readonly Hit[] {
  if (offset !== "at run time" && offset < LARGE_OFFSET) return [];
  return [
    {
      what: offset === "at run time" ? text`OFFSET given at run time` : text`OFFSET ${offset}`,
      help: text`Go on from the last row seen: ${"WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT 50"}`,
    },
  ];
}

/** Pages counted from the first row. */
export const offsetPagination = statementRule({
  id: "queries/offset-pagination",
  answers: "queries/bounded",
  on: ["SelectStmt"],
  severity: "notice",
  sized: false,
  effect: text`The database reads the skipped rows and throws them away, so every page is slower than the one before it.`,
  look: (statement, { file }) => (file.kind === "query" || isLasting(statement) ? offsetsOf(statement).flatMap(hit) : []),
});

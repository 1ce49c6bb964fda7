import { text } from "../../model/text.js";
import { isSqlCall } from "../../source/calls/sql-calls.js";
import { queryHits } from "../loop-hits.js";
import { sourceRule } from "../source-rule.js";

/** A statement executed for each element of a list. */
export const sqlInLoop = sourceRule({
  id: "queries/sql-in-loop",
  answers: "queries/no-n-plus-one",
  matter: "loop",
  languages: ["python", "java"],
  severity: "question",
  effect: text`Each is a round trip to the database, and there are as many as the list has elements.`,
  help: text`Send one statement for all elements, by ${"WHERE id = ANY($1)"} or several rows of VALUES, or one batch (${"executemany"}, ${"addBatch"}).`,
  look: (file) => queryHits(file, isSqlCall),
});

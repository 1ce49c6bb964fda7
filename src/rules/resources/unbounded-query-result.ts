import { text } from "../../model/text.js";
import { isUnboundedFetch } from "../../source/calls/bounds.js";
import { shown, sourceRule } from "../source-rule.js";

/** Every row that matches, handed to the program. */
export const unboundedQueryResult = sourceRule({
  id: "resources/unbounded-query-result",
  answers: "resources/bounded",
  matter: "loop",
  classes: ["server"],
  languages: ["typescript", "tsx", "javascript"],
  severity: "question",
  effect: text`The result grows with the table, and all of it is held in memory.`,
  help: text`Add ${"take"} or ${"limit"}, and go on after the last key for more. Where few can match, say nothing: this is a question.`,
  look: (file) => file.calls.filter(isUnboundedFetch).map((call) => ({ call, what: text`${shown(call)} has no limit` })),
});

import { text } from "../../model/text.js";
import { planRule } from "../plan-rule.js";
import { unindexed } from "../unindexed.js";

/** A condition that no index answers, on a large table. */
export const predicateUnindexed = planRule({
  id: "queries/predicate-unindexed",
  answers: "queries/appropriate-indexes",
  severity: "warning",
  judges: "changed",
  effect: text`Every row is read to find the few that match, on every call.`,
  look: (planned) => unindexed(planned, "predicate", text`it reads all of`),
});

import { text } from "../../model/text.js";
import { planRule } from "../plan-rule.js";
import { unindexed } from "../unindexed.js";

/** A join whose other side is found by no index. */
export const joinUnindexed = planRule({
  id: "queries/join-unindexed",
  answers: "queries/appropriate-indexes",
  severity: "warning",
  judges: "changed",
  effect: text`Without an index on the joined column the other table is read whole, once or for each row.`,
  look: (planned, plans) => unindexed(planned, plans, "join", text`it joins all of`),
});

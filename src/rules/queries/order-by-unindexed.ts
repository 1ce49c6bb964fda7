import { text } from "../../model/text.js";
import { planRule } from "../plan-rule.js";
import { unindexed } from "../unindexed.js";

/** An order that no index gives, on a large table. */
export const orderByUnindexed = planRule({
  id: "queries/order-by-unindexed",
  answers: "queries/appropriate-indexes",
  severity: "warning",
  judges: "changed",
  effect: text`All rows are read and ordered before the first one is returned; in the order of an index the scan could stop early.`,
  look: (planned) => unindexed(planned, "order", text`it reads and orders all of`),
});

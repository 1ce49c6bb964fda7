import { text } from "../../model/text.js";
import { planRule } from "../plan-rule.js";
import { unindexed } from "../unindexed.js";

/** An order that no index gives, on a large table. */
export const orderByUnindexed = planRule({
  id: "queries/order-by-unindexed",
  answers: "queries/appropriate-indexes",
  severity: "warning",
  judges: "changed",
  effect: text`Far more rows are read than are returned; in an index that has the compared columns first and then the order, the scan stops early.`,
  look: (planned, plans) => unindexed(planned, plans, "order", text`it reads and orders all of`),
});

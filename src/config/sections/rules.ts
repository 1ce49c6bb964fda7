import { choice, mapOf, words } from "../values.js";

const RULE = /^[a-z]+\/[a-z0-9-]+$/u;

export const rules = mapOf(
  words("the id of a rule such as migrations/fk-validate", 100, RULE),
  choice(["blocking", "warning", "notice", "question", "off"]),
)
  .default({})
  .describe("Severity by rule; `off` silences one.")
  .meta({ example: { "migrations/fk-validate": "blocking", "queries/order-by-random": "off" } });

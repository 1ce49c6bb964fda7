import { text } from "../../model/text.js";
import { isEachOfTable } from "../../source/calls/service-calls.js";
import { shown, sourceRule } from "../source-rule.js";

/** All rows of a table loaded at once to go through them. */
export const eachWithoutBatches = sourceRule({
  id: "queries/each-without-batches",
  answers: "queries/no-n-plus-one",
  matter: "loop",
  languages: ["ruby"],
  severity: "question",
  effect: text`An object is made of each row before the first one is looked at: memory grows with the table.`,
  help: text`Go through them by ${"find_each"} or ${"in_batches"}, which load 1,000 at a time.`,
  look: (file) => file.calls.filter(isEachOfTable).map((call) => ({ call, what: text`${shown(call)} loads all rows that match` })),
});

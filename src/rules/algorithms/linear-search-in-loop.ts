import { text } from "../../model/text.js";
import { repeated } from "../../source/calls/loops.js";
import { isLinearSearch, isSameEachRound } from "../../source/calls/searches.js";
import { shown, sourceRule } from "../source-rule.js";

/** A list searched from its start for each element of another one. */
export const linearSearchInLoop = sourceRule({
  id: "algorithms/linear-search-in-loop",
  answers: "algorithms/complexity",
  matter: "loop",
  // What a browser shows is seldom long enough.
  classes: ["server"],
  languages: ["typescript", "tsx", "javascript"],
  severity: "question",
  effect: text`With n elements here and m there the work is n × m; it matters when both may have thousands.`,
  help: text`Build a Set or a Map of the list once, before the loop.`,
  look: (file) =>
    repeated(file, isLinearSearch)
      .filter(({ call, loop }) => isSameEachRound(call, loop))
      .map(({ call, loop }) => ({ call, what: text`${shown(call)} searches a list in each round of ${loop.header}` })),
});

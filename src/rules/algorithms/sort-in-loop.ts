import { text } from "../../model/text.js";
import { repeated } from "../../source/calls/loops.js";
import { isSameEachRound, isSort } from "../../source/calls/searches.js";
import { shown, sourceRule } from "../source-rule.js";

/** A list sorted again for each element of another one. */
export const sortInLoop = sourceRule({
  id: "algorithms/sort-in-loop",
  answers: "algorithms/complexity",
  matter: "loop",
  languages: ["typescript", "tsx", "javascript", "python", "go", "java", "ruby", "c-sharp", "php"],
  severity: "notice",
  off: true,
  effect: text`Sorting n elements takes n × log n steps, each time.`,
  help: text`Sort once before the loop.`,
  look: (file) =>
    repeated(file, isSort)
      .filter(({ call, loop }) => isSameEachRound(call, loop))
      .map(({ call, loop }) => ({ call, what: text`${shown(call)} sorts in each round of ${loop.header}` })),
});

import { text } from "../../model/text.js";
import { loopHits } from "../loop-hits.js";
import { sourceRule } from "../source-rule.js";

/** An await in a loop, whatever it waits for. */
export const awaitInLoop = sourceRule({
  id: "algorithms/await-in-loop",
  answers: "algorithms/no-io-in-loops",
  matter: "loop",
  languages: ["typescript", "tsx", "javascript"],
  severity: "notice",
  off: true,
  effect: text`Each round waits for the one before it, also where they have nothing to do with each other.`,
  help: text`Begin all of them, then wait: ${"await Promise.all(items.map(…))"}, with a limit where there may be many.`,
  look: (file) => loopHits(file, ({ awaited }) => awaited),
});

import { text } from "../../model/text.js";
import { isHttpCall } from "../../source/calls/http-calls.js";
import { loopHits } from "../loop-hits.js";
import { sourceRule } from "../source-rule.js";

/** A request to another service for each element of a list. */
export const httpCallInLoop = sourceRule({
  id: "algorithms/http-call-in-loop",
  answers: "algorithms/no-io-in-loops",
  matter: "loop",
  languages: ["typescript", "tsx", "javascript", "go", "java", "python", "ruby"],
  severity: "question",
  effect: text`Each waits for the one before it, and one slow answer holds up all that follow.`,
  help: text`Use the other side's request for many where it has one. Otherwise make a bounded number of them at the same time, each with a time-out.`,
  look: (file) => loopHits(file, isHttpCall),
});

import { text } from "../../model/text.js";
import { isServiceCall } from "../../source/calls/service-calls.js";
import { loopHits } from "../loop-hits.js";
import { sourceRule } from "../source-rule.js";

/** A service, behind which there is most often a repository, asked for one element at a time. */
export const serviceCallInLoop = sourceRule({
  id: "queries/service-call-in-loop",
  answers: "queries/no-n-plus-one",
  matter: "loop",
  languages: ["java"],
  severity: "question",
  effect: text`If a query is behind it, as behind most services, it runs once for each element of the list.`,
  help: text`Give the service a method that takes all elements, with one query behind it.`,
  look: (file) => loopHits(file, isServiceCall),
});

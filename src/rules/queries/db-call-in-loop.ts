import type { FileFacts, Language } from "../../model/source.js";
import { text } from "../../model/text.js";
import { isDatabaseCall } from "../../source/calls/database-calls.js";
import { queryHits } from "../loop-hits.js";
import { type SourceHit, sourceRule } from "../source-rule.js";

/** Nobody measured how often it is right there. */
const UNMEASURED: readonly Language[] = ["c-sharp", "php"];

const look = (file: FileFacts): readonly SourceHit[] =>
  queryHits(file, isDatabaseCall).map((hit) => ({ severity: UNMEASURED.includes(file.language) ? "notice" : "warning", ...hit }));

/** N+1: a query for each element of a list. */
export const dbCallInLoop = sourceRule({
  id: "queries/db-call-in-loop",
  answers: "queries/no-n-plus-one",
  matter: "loop",
  languages: ["typescript", "tsx", "javascript", "python", "go", "java", "ruby", "c-sharp", "php"],
  severity: "warning",
  effect: text`Each is a round trip to the database, and there are as many as the list has elements.`,
  help: text`Ask for all of them before the loop, by ${"WHERE id = ANY($1)"} or what the ORM has for it (include, prefetch_related, in), and look them up in memory.`,
  look,
});

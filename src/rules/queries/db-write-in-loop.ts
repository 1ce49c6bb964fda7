import { text } from "../../model/text.js";
import { isRecordWrite } from "../../source/calls/record-writes.js";
import { queryHits } from "../loop-hits.js";
import { sourceRule } from "../source-rule.js";

/** A record saved or deleted by itself for each element of a list. */
export const dbWriteInLoop = sourceRule({
  id: "queries/db-write-in-loop",
  answers: "queries/no-n-plus-one",
  matter: "loop",
  languages: ["python", "ruby"],
  severity: "question",
  effect: text`Each is a statement and a round trip of its own, and what it locks stays locked until the transaction ends.`,
  help: text`Write all of them by one statement: ${"update()"} of a queryset or ${"bulk_update"} in Django, ${"update_all"} or ${"upsert_all"} in Rails. They run no signals, callbacks or validations.`,
  look: (file) => queryHits(file, isRecordWrite),
});

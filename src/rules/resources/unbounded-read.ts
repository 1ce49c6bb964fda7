import type { CallFact } from "../../model/source.js";
import { text } from "../../model/text.js";
import { isUnboundedRead } from "../../source/calls/bounds.js";
import { type SourceHit, shown, sourceRule } from "../source-rule.js";

const hit = (call: CallFact): SourceHit => ({
  call,
  what: text`${shown(call)} reads all of ${call.arguments[0]?.text ?? ""}`,
});

/** All of a stream read into memory, whatever its length. */
export const unboundedRead = sourceRule({
  id: "resources/unbounded-read",
  answers: "resources/bounded",
  matter: "resource",
  languages: ["go"],
  severity: "question",
  effect: text`Whoever sends it decides how much memory this process takes.`,
  help: text`Limit it before: ${"http.MaxBytesReader(w, r.Body, 1<<20)"} for a request, ${"io.LimitReader(response.Body, 10<<20)"} for a response.`,
  look: (file) => file.calls.filter((call) => isUnboundedRead(call, file)).map(hit),
});

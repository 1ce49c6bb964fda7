import { text } from "../../model/text.js";
import { opensRows } from "../../source/calls/handles.js";
import { leaked } from "../../source/calls/releases.js";
import { shown, sourceRule } from "../source-rule.js";

/** The rows of a query are never closed. */
export const rowsNotClosed = sourceRule({
  id: "resources/rows-not-closed",
  answers: "resources/released",
  matter: "resource",
  languages: ["go"],
  severity: "question",
  effect: text`Open rows hold their connection: an early return or an error keeps it from the pool.`,
  help: text`After the error is looked at: ${"defer rows.Close()"}.`,
  look: (file) => leaked(file, opensRows).map((call) => ({ call, what: text`the rows of ${shown(call)} are not closed` })),
});

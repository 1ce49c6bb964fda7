import { text } from "../../model/text.js";
import { opensResponse } from "../../source/calls/handles.js";
import { leaked } from "../../source/calls/releases.js";
import { shown, sourceRule } from "../source-rule.js";

/** The body of a response is never closed. */
export const responseBodyNotClosed = sourceRule({
  id: "resources/response-body-not-closed",
  answers: "resources/released",
  matter: "resource",
  languages: ["go"],
  severity: "warning",
  effect: text`Its connection never goes back to the pool: each request leaves one open.`,
  help: text`After the error is looked at: ${"defer response.Body.Close()"}.`,
  look: (file) => leaked(file, opensResponse).map((call) => ({ call, what: text`the body of what ${shown(call)} returns is not closed` })),
});

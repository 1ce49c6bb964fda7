import { text } from "../../model/text.js";
import { listensForEver } from "../../source/calls/timeouts.js";
import { sourceRule } from "../source-rule.js";

/** A Go server that waits for ever for a request's header. */
export const serverNoTimeout = sourceRule({
  id: "resources/server-no-timeout",
  answers: "resources/timeouts",
  matter: "timeout",
  languages: ["go"],
  severity: "notice",
  effect: text`A client that sends its header byte by byte holds a goroutine and a file descriptor for as long as it likes.`,
  help: text`Set ${"ReadHeaderTimeout"}, to 5 seconds for example, and ${"IdleTimeout"}.`,
  look: (file) =>
    file.calls.filter(listensForEver).map((call) => ({ call, what: text`${call.callee} has neither ReadHeaderTimeout nor ReadTimeout` })),
});

import { text } from "../../model/text.js";
import { opensHandle } from "../../source/calls/handles.js";
import { leaked } from "../../source/calls/releases.js";
import { shown, sourceRule } from "../source-rule.js";

/** A file, socket or connection that is never closed. */
export const handleNotClosed = sourceRule({
  id: "resources/handle-not-closed",
  answers: "resources/released",
  matter: "resource",
  languages: ["python", "java"],
  severity: "question",
  effect: text`It stays open until the garbage collector finds it, and what was written may still lie in a buffer.`,
  help: text`Open it by ${"with … as"} in Python, by ${"try (…)"} in Java.`,
  look: (file) => leaked(file, opensHandle).map((call) => ({ call, what: text`${shown(call)} is not closed` })),
});

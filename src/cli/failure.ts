import { GitError } from "../checkout/git.js";
import { NoCommonAncestorError } from "../github/errors.js";
import { githubSentence } from "./github-sentence.js";
import { sentence } from "./terminal.js";
import { EXIT, UsageError } from "./usage.js";

/** Node's own argument errors are a person's mistakes too. */
const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError || (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));

/** Writes the one sentence for what ended a command; the exit code. */
export function explainFailure(error: unknown): number {
  const known = error instanceof GitError || error instanceof NoCommonAncestorError ? error.sentence : githubSentence(error);
  if (known) process.stderr.write(`redline: ${sentence(known)}\n`);
  else process.stderr.write(`redline: ${sentence([{ foreign: error instanceof Error ? error.message : String(error) }])}\n`);
  if (isUsage(error)) return EXIT.usage;
  return error instanceof GitError && error.kind === "usage" ? EXIT.usage : EXIT.failed;
}

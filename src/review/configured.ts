import type { Config } from "../config/config.js";
import { parseConfiguration } from "../config/parse.js";
import type { ConfigurationFile } from "../evidence/sources.js";
import type { Problem } from "../model/measurement.js";
import type { ChangedFile } from "../model/pull-request.js";
import { type Text, text } from "../model/text.js";

/** The configuration in force, and what this pull request would make of it. */
export interface Configured {
  readonly config: Config;
  readonly state: "read" | "none" | "invalid";
  readonly problems: readonly Problem[];
  /** The pull request touches the file: shown, and in force only after the merge. */
  readonly changedHere: boolean;
  /** Invalid on the base branch, and this pull request mends it and touches nothing else. */
  readonly repairedHere: boolean;
}

const defaults = (path: string): Config => {
  const parsed = parseConfiguration("", path);
  if ("config" in parsed) return parsed.config;
  throw new Error("the defaults are not a valid configuration");
};

const problem = (file: ConfigurationFile, message: Text, remedy: Text): Problem => ({
  level: "error",
  code: "config-invalid",
  message,
  remedy,
  file: file.path,
});

/** Nothing where there is a file that says what it means, or never was one. */
function broken(file: ConfigurationFile): readonly Problem[] {
  if (file.unreadable !== undefined) {
    const message = text`the configuration could not be read: ${file.unreadable}`;
    return [problem(file, message, text`keep ${file.path} a UTF-8 text of at most 64 KB`)];
  }
  if (file.text === null && file.blockedAt !== undefined) {
    const message = text`the configuration is gone; at ${file.blockedAt.slice(0, 7)} it blocked merges`;
    return [problem(file, message, text`put it back; to stop blocking, leave a file that says mode: advisory`)];
  }
  const parsed = file.text === null ? null : parseConfiguration(file.text, file.path);
  return parsed && "problems" in parsed ? parsed.problems : [];
}

/** A renamed file mends nothing: it is not read where it is then. */
const mends = (change: ChangedFile | undefined, { path }: ConfigurationFile): boolean =>
  change?.head !== undefined && change.path === path && "config" in parseConfiguration(change.head, path);

/** Reads the configuration of the base branch. What is invalid leaves the defaults in force, and the gate closed. */
export function readConfiguration(file: ConfigurationFile, changes: readonly ChangedFile[]): Configured {
  const change = changes.find((changed) => changed.path === file.path || changed.previousPath === file.path);
  const shared = { changedHere: change !== undefined, repairedHere: false, problems: broken(file) };
  if (shared.problems.length > 0) {
    return { ...shared, config: defaults(file.path), state: "invalid", repairedHere: changes.length === 1 && mends(change, file) };
  }
  if (file.text === null) return { ...shared, config: defaults(file.path), state: "none" };
  const parsed = parseConfiguration(file.text, file.path);
  return { ...shared, config: "config" in parsed ? parsed.config : defaults(file.path), state: "read" };
}

import type { Config } from "../config/config.js";
import { parseConfiguration } from "../config/parse.js";
import type { ConfigurationFile } from "../evidence/sources.js";
import type { Problem } from "../model/measurement.js";
import type { ChangedFile } from "../model/pull-request.js";
import { text } from "../model/text.js";

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

const unreadable = (file: ConfigurationFile, why: string): Problem => ({
  level: "error",
  code: "config-invalid",
  message: text`the configuration could not be read: ${why}`,
  remedy: text`keep ${file.path} a UTF-8 text of at most 64 KB`,
  file: file.path,
});

/** Reads the configuration of the base branch. What is invalid leaves the defaults in force, and the gate closed. */
export function readConfiguration(file: ConfigurationFile, changes: readonly ChangedFile[]): Configured {
  const change = changes.find((changed) => changed.path === file.path || changed.previousPath === file.path);
  const shared = { changedHere: change !== undefined, repairedHere: false, problems: [] };
  if (file.unreadable !== undefined)
    return { ...shared, config: defaults(file.path), state: "invalid", problems: [unreadable(file, file.unreadable)] };
  if (file.text === null) return { ...shared, config: defaults(file.path), state: "none" };
  const parsed = parseConfiguration(file.text, file.path);
  if ("config" in parsed) return { ...shared, config: parsed.config, state: "read" };
  const mended = change?.head !== undefined && "config" in parseConfiguration(change.head, file.path);
  return {
    ...shared,
    config: defaults(file.path),
    state: "invalid",
    problems: parsed.problems,
    repairedHere: mended && changes.length === 1,
  };
}

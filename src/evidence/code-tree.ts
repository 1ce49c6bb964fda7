import type { Config } from "../config/config.js";
import type { Repository } from "./dependents.js";
import { pathKind } from "./extracted.js";
import { mayMention } from "./mentions.js";
import type { Sources } from "./sources.js";

const isCode =
  (config: Config) =>
  (path: string): boolean =>
    mayMention(path, config) || pathKind(path, config)?.kind === "query";

/** The same repository, whose code is read when somebody first looks through it, and then kept for the others. */
export function readOnce({ sources, snapshot, config }: Repository): Repository {
  let read: ReturnType<Sources["tree"]> | null = null;
  const tree: Sources["tree"] = async (_, wanted) => {
    read ??= sources.tree(snapshot, isCode(config));
    const all = await read;
    if (all.status === "absent") return all;
    return { status: "collected", value: { ...all.value, files: all.value.files.filter(({ path }) => wanted(path)) } };
  };
  const { parseSql, readSources } = sources;
  return { sources: { parseSql, readSources, tree }, snapshot, config };
}

import type { z } from "zod";
import { join, type Text, text } from "../model/text.js";
import { nearest } from "./nearest.js";
import type { Path } from "./yaml-tree.js";

/** What is wrong at a path of the configuration, and what to write. */
export interface Complaint {
  readonly path: Path;
  readonly message: Text;
  readonly remedy: Text;
}

type Issue = z.core.$ZodIssue;

const isStep = (step: PropertyKey): step is string | number => typeof step !== "symbol";

const isTree = (value: unknown): value is Readonly<Record<string | number, unknown>> => typeof value === "object" && value !== null;

const at = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (isTree(value) && Object.hasOwn(value, step) ? value[step] : undefined), root);

const LONGEST_SHOWN = 60;

const shown = (value: unknown): Text => {
  if (value === null) return text`an empty value`;
  if (typeof value === "object") return Array.isArray(value) ? text`a list` : text`a group of keys`;
  const written = String(value);
  return written.length > LONGEST_SHOWN ? text`${`${written.slice(0, LONGEST_SHOWN)}…`}` : text`${written}`;
};

/** `entry 2 of artifacts`, `latency_p99`. */
const named = (path: Path): Text => {
  const last = path.at(-1);
  if (typeof last === "number") return text`entry ${last + 1} of ${named(path.slice(0, -1))}`;
  return last === undefined ? text`the configuration` : text`${last}`;
};

const maybe = (word: unknown, known: readonly unknown[]): Text => {
  const meant =
    typeof word === "string"
      ? nearest(
          word,
          known.filter((name) => typeof name === "string"),
        )
      : undefined;
  return meant === undefined ? [] : text`, did you mean ${meant}?`;
};

const because = (issue: Issue): string => {
  const why: unknown = issue.code === "custom" ? issue.params?.why : undefined;
  return typeof why === "string" ? why : "is not accepted here";
};

/** Looking for the nearest word costs time; nobody reads more than this many suggestions. */
const MOST_SUGGESTED = 25;

const unknownKeys = (issue: Issue & { code: "unrecognized_keys" }, path: Path): readonly Complaint[] => {
  const known = issue.message.split(", ");
  return issue.keys.map((key, index) => ({
    path: [...path, key],
    message: text`unknown key ${key}${index < MOST_SUGGESTED ? maybe(key, known) : []}`,
    remedy: text`known here: ${join(
      known.map((name) => text`${name}`),
      ", ",
    )}`,
  }));
};

/** The branch of a union that the value comes closest to: the one that complains deepest inside. */
const closest = (branches: readonly (readonly Issue[])[]): readonly Issue[] => {
  const depth = (issues: readonly Issue[]): number =>
    Math.min(...issues.map((issue) => issue.path.length + (issue.code === "unrecognized_keys" ? 1 : 0)));
  return [...branches].sort((a, b) => depth(b) - depth(a))[0] ?? [];
};

/**
 * The complaints behind an issue. Relies on values.ts: an issue's message is what to write instead (for
 * unknown keys: the known ones), in our own words.
 */
export function complaintsOf(issue: Issue, root: unknown, above: Path = []): readonly Complaint[] {
  const path = [...above, ...issue.path.filter(isStep)];
  if (issue.code === "unrecognized_keys") return unknownKeys(issue, path);
  if (issue.code === "invalid_union") return closest(issue.errors).flatMap((inner) => complaintsOf(inner, root, path));
  const remedy: Text = [issue.code === "invalid_key" ? (issue.issues[0]?.message ?? "") : issue.message];
  if (issue.code === "invalid_key") return [{ path, remedy, message: text`${named(path)} is not accepted as a key here` }];
  const value = at(root, path);
  if (value === undefined) return [{ path, remedy, message: text`${named(path)} is missing` }];
  const suggestion = issue.code === "invalid_value" ? maybe(value, issue.values) : [];
  return [{ path, remedy, message: text`${named(path)}: ${shown(value)} ${[because(issue)]}${suggestion}` }];
}

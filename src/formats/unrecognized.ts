import type { Problem, ResultFormat } from "../model/measurement.js";
import { join, type Text, text } from "../model/text.js";
import { type Disguise, disguise } from "./bytes.js";
import { fields, peek } from "./json.js";

const DISGUISES: Readonly<Record<Disguise, Text>> = {
  "utf-16le": text`it is UTF-16 text: save as UTF-8`,
  "utf-16be": text`it is UTF-16 text: save as UTF-8`,
  zip: text`it is a zip archive: give the files inside`,
  gzip: text`it is gzip-compressed: give the file inside`,
  binary: text`it is a binary file`,
};

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Files that people give by mistake, by what their JSON begins with; the first that fits. */
const falseFriends: readonly { readonly fits: (value: unknown) => boolean; readonly says: Text }[] = [
  { fits: isEmpty, says: text`it is an empty JSON array: no benchmark is in it` },
  { fits: (value) => "assets" in fields(value) && "modules" in fields(value), says: text`it looks like webpack's stats.json` },
  {
    fits: (value) => Array.isArray(fields(fields(value).results).metrics),
    says: text`it looks like the newer machine-readable summary of k6, which is not read yet: write the data of handleSummary instead`,
  },
  {
    fits: (value) => Array.isArray(value) && ("resourceSizes" in fields(value[0]) || "timings" in fields(value[0])),
    says: text`it looks like Lighthouse's budgets.json, which holds limits and no results`,
  },
];

function looksLike(head: Uint8Array): Text | undefined {
  const disguised = disguise(head);
  if (disguised !== undefined) return DISGUISES[disguised];
  const begin = new TextDecoder().decode(head.subarray(0, 200)).trim();
  if (/^<(?:!doctype html|html)/i.test(begin)) return text`it is an HTML page: give the tool's JSON`;
  if (begin.startsWith("<")) return text`it is XML`;
  if (/^\{\s*\}/.test(begin)) return text`it is an empty JSON object: the tool wrote no results`;
  const value = peek(head);
  return value === undefined ? undefined : falseFriends.find(({ fits }) => fits(value))?.says;
}

const titles = (known: readonly ResultFormat[]): Text =>
  join(
    known.map(({ title }) => text`${title}`),
    ", ",
  );

/** The problem of a file that no format, or more than one, takes for its own. */
export function unknownFormat(file: string, head: Uint8Array, matches: readonly ResultFormat[], known: readonly ResultFormat[]): Problem {
  const hint = looksLike(head);
  const message =
    matches.length > 1
      ? text`not read: the file could be any of ${titles(matches)}`
      : text`not read: not a result file of a known format${hint === undefined ? [] : text`; ${hint}`}`;
  return { level: "warning", code: "unknown-format", message, remedy: text`accepted are: ${titles(known)}`, file };
}

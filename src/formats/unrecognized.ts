import type { Problem, ResultFormat } from "../model/measurement.js";
import { join, type Text, text } from "../model/text.js";
import { type Disguise, disguise } from "./bytes.js";
import { binaryFriend, jsonFriend, markupFriend, textFriend } from "./false-friends.js";
import { peek } from "./json.js";
import { peekLines } from "./text-lines.js";

const DISGUISES: Readonly<Record<Disguise, Text>> = {
  "utf-16le": text`it is UTF-16 text: save as UTF-8`,
  "utf-16be": text`it is UTF-16 text: save as UTF-8`,
  zip: text`it is a zip archive: give the files inside`,
  gzip: text`it is gzip-compressed: give the file inside`,
  binary: text`it is a binary file`,
};

/** Enough to tell a file by its beginning. */
const FIRST_LINES = 200;

function looksLike(head: Uint8Array): Text | undefined {
  const disguised = disguise(head);
  if (disguised !== undefined) return binaryFriend(head) ?? DISGUISES[disguised];
  const begin = new TextDecoder().decode(head.subarray(0, 500)).trim();
  if (begin.startsWith("<")) return markupFriend(begin);
  if (/^\{\s*\}/.test(begin)) return text`it is an empty JSON object: the tool wrote no results`;
  const value = peek(head);
  return value === undefined ? textFriend(peekLines(head).slice(0, FIRST_LINES)) : jsonFriend(value);
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

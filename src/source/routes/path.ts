/** A value in one segment, and a rest of any number of segments. */
export const VALUE = "{}";
export const REST = "{*}";

/** How frameworks and load-test tools write a rest: `[...slug]`, `{path...}`, `<path:rest>`, `**`, `*path`. */
const RESTS = /^(?:\[{1,2}\.\.\..*\]{1,2}|\{\w+\.\.\.\}|<path:\w+>|\*\*?\w*|\{\*\w*\})$/u;

/** How they write a value, anywhere in a segment: `:id`, `{id}`, `<int:id>`, `[id]`, `${id}`, `#{id}`, `$1`, `%d`. */
const VALUES = /:[A-Za-z_]|\{|\}|<|\[\w|\$\w|\$\{|#\{|%[sdif(]|\([^)]*\)/u;

/** Route groups and slots of Next.js stand in no address; `{$}` of Go ends a pattern. */
const NOWHERE = /^(?:\([\w.-]+\)|@\w+|\{\$\})$/u;

const segmentOf = (written: string): string => {
  if (RESTS.test(written)) return REST;
  return VALUES.test(written) ? VALUE : written;
};

/** The longest path that is looked at. */
const LONGEST = 400;

/** Parts of a path: a slash inside of braces or parentheses is none of its slashes. */
function split(path: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const character of path) {
    if ("{(<[".includes(character)) depth += 1;
    if ("})>]".includes(character)) depth = Math.max(0, depth - 1);
    if (character === "/" && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part !== "" && !NOWHERE.test(part));
}

/** `/users/{}` for `/users/:id`, `users/<int:id>/` and `/users/{id}?full=1`. Null where it is too long to be one. */
export function normalPath(written: string): string | null {
  if (written.length > LONGEST) return null;
  const [path = ""] = written.split(/[?#](?!\{)/u, 1);
  return `/${split(path).map(segmentOf).join("/")}`;
}

/** Prefixes and a path as one, with single slashes. */
export function joined(...parts: readonly string[]): string {
  const whole = parts
    .map((part) => part.replace(/^\/+|\/+$/gu, ""))
    .filter((part) => part !== "")
    .join("/");
  return `/${whole}`;
}

/** A regular expression of Django's as a path; null where it is more than literals and groups. */
export function pathOfPattern(pattern: string): string | null {
  const path = pattern
    .replace(/^\^/u, "")
    .replace(/\\?[$Zz]$|\$$/u, "")
    .replace(/\/\?$/u, "/")
    .replace(/\((?:\?P<(\w+)>)?[^()]*\)/gu, (_, name: string | undefined) => `{${name ?? "value"}}`)
    .replace(/\\([-./_])/gu, "$1");
  return /[\\^$*+?|()]/u.test(path) ? null : path;
}

/** The text of a string literal of any language; null where it was cut, or is not one. Interpolations stay as written. */
export function stringIn(literal: string): string | null {
  const found = /^[rbufRBUF]{0,2}(["'`])(.*)\1$/su.exec(literal);
  return found?.[2] ?? null;
}

/** Every string literal in a list or in a call's arguments as written, such as `["GET", 'POST']`. */
export const stringsIn = (written: string): readonly string[] =>
  [...written.matchAll(/(["'])((?:(?!\1).){0,200})\1/gu)].flatMap((match) => match[2] ?? []);

import type { LoadRequest } from "../../model/routes.js";
import { normalPath } from "./path.js";

/** In program code a path begins a string, or follows what was put into one: `"/a"`, `${BASE}/a`, `http://host/a`. */
const IN_CODE = /(["'`}]|https?:\/\/[^\s/"'`<>{}]+)(\/[^\s"'`<>\\]*)/gu;
/** In YAML, XML and lists of targets it may stand alone. */
const IN_DATA = /(["'`}>\s=]|https?:\/\/[^\s/"'`<>{}]+)(\/[^\s"'`<>\\]*)/gu;

const CODE = /\.(?:[cm]?[jt]sx?|py|scala|kt|java|go|rb)$/u;

/** Requests that are kept of one file, and the longest line that is looked at. */
const MOST = 3_000;
const LONGEST_LINE = 20_000;

/** A number in a path is a value that somebody chose; what is put in by the tool is written in many ways. */
const withValues = (path: string): string =>
  path
    .split("/")
    .map((segment) => (/^\d+$/u.test(segment) ? "{}" : segment))
    .join("/");

/** What a load-test file asks for, read from its string literals. Linear in its length. */
export function requestsIn(text: string, file: string): readonly LoadRequest[] {
  const form = CODE.test(file) ? IN_CODE : IN_DATA;
  const requests: LoadRequest[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.length > LONGEST_LINE) continue;
    for (const match of line.matchAll(form)) {
      const path = normalPath(match[2] ?? "");
      if (path !== null && !path.startsWith("/*")) requests.push({ path: withValues(path), file, line: index + 1 });
      if (requests.length === MOST) return requests;
    }
  }
  return requests;
}

import { FormatError } from "../model/measurement.js";
import { text } from "../model/text.js";
import { fields } from "./json.js";
import type { Line } from "./text-lines.js";

/** One event of `go test -json` that carries output. */
interface GoOutput {
  readonly package: string;
  readonly output: string;
}

/** The event of a line; undefined when the line is none, or carries no output of a package. */
export function goOutput(line: string): GoOutput | undefined {
  if (!line.startsWith("{")) return undefined;
  const { Action, Package, Output } = fields(parsed(line));
  return typeof Action === "string" && typeof Package === "string" && typeof Output === "string"
    ? { package: Package, output: Output }
    : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Where in the file an event stands that is cut or is no JSON. What the compiler prints between events is neither. */
function refuseBroken(line: Line): void {
  if (!line.text.startsWith("{") || parsed(line.text) !== undefined) return;
  throw new FormatError(
    "truncated",
    text`the event at line ${line.number} is not complete`,
    text`produce the file again, and give it as go wrote it`,
    line.number,
  );
}

/**
 * What each package printed: name and figures of one benchmark may come in two events, and packages may take
 * turns.
 * @throws FormatError `truncated` with the line of an event that is no JSON.
 */
export function outputByPackage(lines: Iterable<Line>): ReadonlyMap<string, string> {
  const pieces = new Map<string, string[]>();
  for (const line of lines) {
    refuseBroken(line);
    const event = goOutput(line.text);
    if (event === undefined) continue;
    const known = pieces.get(event.package);
    if (known === undefined) pieces.set(event.package, [event.output]);
    else known.push(event.output);
  }
  return new Map([...pieces].map(([name, parts]) => [name, parts.join("")]));
}

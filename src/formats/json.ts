import type { ZodType } from "zod";
import { FormatError } from "../model/measurement.js";
import { text } from "../model/text.js";
import { gather } from "./bytes.js";
import { MAX_DEPTH, MAX_VALUES, outline, withoutBareWords } from "./json-outline.js";
import { decoded } from "./text-lines.js";

/**
 * The value that the head of a JSON text begins with, as far as it is complete; `undefined` when it is not
 * JSON. Of several values in a row, the first.
 */
export function peek(head: Uint8Array): unknown {
  const source = new TextDecoder().decode(head);
  const { kept, open, bare } = outline(source);
  const closed = source.slice(0, kept) + open.toReversed().join("");
  try {
    return JSON.parse(withoutBareWords(closed, bare));
  } catch {
    return undefined;
  }
}

/** The value as an object with unknown values; an empty one when it is anything else. */
export function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The value if it is a number; NaN for null, text such as "NaN", and absence. */
export function numeric(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

const lineAt = (source: string, position: number): number => source.slice(0, position).split("\n").length;

const AGAIN = text`produce the file again, and give it as the tool wrote it`;

function refuseBrackets(source: string): readonly number[] {
  const { depth, values, complete, kept, bare } = outline(source);
  if (depth > MAX_DEPTH) throw new FormatError("too-deep", text`the JSON is nested more than ${MAX_DEPTH} levels deep`, AGAIN);
  if (values > MAX_VALUES) throw new FormatError("too-many", text`the JSON holds more than ${MAX_VALUES} values`, AGAIN);
  const line = lineAt(source, complete ? kept : source.length);
  if (!complete) throw new FormatError("truncated", text`the file ends in the middle, at line ${line}`, AGAIN, line);
  if (source.slice(kept).trim() === "") return bare;
  throw new FormatError(
    "several-values",
    text`the file goes on after its first JSON value, at line ${line}`,
    text`give one file per run, not several runs appended to one file`,
    line,
  );
}

function syntaxError(source: string, thrown: unknown): FormatError {
  const position = thrown instanceof Error ? /position (\d+)/.exec(thrown.message)?.[1] : undefined;
  const line = position === undefined ? undefined : lineAt(source, Number(position));
  const where = line === undefined ? [] : text` at line ${line}`;
  return new FormatError("not-json", text`the file is not valid JSON${where}`, AGAIN, line);
}

/**
 * Reads one JSON value. Bare NaN and Infinity read as null.
 * @throws FormatError with the line: `not-utf-8`, `truncated`, `several-values`, `not-json`, `too-deep`, `too-many`.
 */
export async function readJson(chunks: AsyncIterable<Uint8Array>): Promise<unknown> {
  const source = decoded(await gather(chunks));
  const bare = refuseBrackets(source);
  try {
    return JSON.parse(withoutBareWords(source, bare));
  } catch (error) {
    throw syntaxError(source, error);
  }
}

/**
 * The value, checked against the shape of its format.
 * @throws FormatError `unexpected-shape` that names the first place that differs.
 */
export function shaped<T>(shape: ZodType<T>, value: unknown, title: string): T {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue?.path.map(String).join(".") || "the top level";
  throw new FormatError(
    "unexpected-shape",
    text`not the shape of ${title}: at ${place}, ${issue?.message.endsWith("received undefined") ? "nothing where a value is expected" : (issue?.message ?? "another value")}`,
    text`give the file as the tool wrote it; a changed layout of a newer version is not read yet`,
  );
}

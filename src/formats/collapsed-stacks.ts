import type { ParsedRun, Problem, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { type Frame, StackTally, type Tally } from "./stack-tally.js";
import { LONGEST_LINE, peekLines, readLines } from "./text-lines.js";

const id = "collapsed-stacks";
const title = "collapsed stacks (flame graph text)";

/** One line: a stack, the outermost function first, and how often it was seen. */
interface Stack {
  readonly frames: string;
  readonly count: number;
}

function stackOf(line: string): Stack | undefined {
  if (line.length >= LONGEST_LINE) return undefined;
  const space = line.lastIndexOf(" ");
  const count = line.slice(space + 1);
  return space >= 0 && /^\d{1,12}$/.test(count) ? { frames: line.slice(0, space), count: Number(count) } : undefined;
}

const FIRST_LINES = 20;

/** Every line is a stack, and one at least has two functions: few other texts are. */
function recognizes(head: Uint8Array): boolean {
  const lines = peekLines(head);
  const cut = lines.length > 1 && head.at(-1) !== 0x0a ? lines.slice(0, -1) : lines;
  const stacks = cut.slice(0, FIRST_LINES).map(stackOf);
  return stacks.every((stack) => stack !== undefined) && stacks.some((stack) => /[^;\s];[^;\s]/.test(stack?.frames ?? ""));
}

const isPath = (path: string): boolean => /[./\\]/.test(path);

/** `cart.py:13`, or the path alone. */
function placeOf(written: string): Pick<Frame, "path" | "line"> {
  const line = /:(\d{1,7})$/.exec(written)?.[1];
  const path = line === undefined ? written : written.slice(0, -line.length - 1);
  return isPath(path) ? { path: path.replaceAll("\\", "/"), ...(line !== undefined && { line: Number(line) }) } : {};
}

/** `total (cart.py:13)` of py-spy, `total - cart.rb:13` of rbspy; else the name alone, without perf's and the JVM's marks. */
function frameOf(written: string): Frame {
  if (written.endsWith("_[k]")) return { name: "" };
  const bracket = written.endsWith(")") ? written.lastIndexOf(" (") : -1;
  const dash = written.lastIndexOf(" - ");
  if (bracket > 0) return { name: written.slice(0, bracket), ...placeOf(written.slice(bracket + 2, -1)) };
  if (dash > 0) return { name: written.slice(0, dash), ...placeOf(written.slice(dash + 3)) };
  return { name: written.replace(/_\[\w\]$/, "") };
}

/** The same frames stand on most lines: each is taken apart once. */
class Frames {
  readonly tally = new StackTally();
  private readonly known = new Map<string, Tally | undefined>();

  of(written: string): Tally | undefined {
    if (!this.known.has(written)) this.known.set(written, this.tally.of(frameOf(written)));
    return this.known.get(written);
  }
}

function add({ frames, count }: Stack, seen: Frames): void {
  const functions = frames.split(";").map((frame) => seen.of(frame));
  seen.tally.samples += count;
  const top = functions.at(-1);
  if (top) top.self += count;
  for (const fn of new Set(functions)) if (fn) fn.total += count;
}

const unreadable = (lines: number, first: number): Problem => ({
  level: "warning",
  code: "unreadable-lines",
  message: text`${lines} lines are no stack with a count behind it, or longer than ${LONGEST_LINE} characters`,
  remedy: text`give the file as the profiler wrote it, without other output`,
  line: first,
});

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const seen = new Frames();
  const lost: number[] = [];
  for (const line of await readLines(chunks)) {
    const stack = stackOf(line.text);
    if (stack) add(stack, seen);
    else if (line.text !== "") lost.push(line.number);
  }
  const [first] = lost;
  return seen.tally.run(id, first === undefined ? [] : [unreadable(lost.length, first)]);
}

export const collapsedStacks: ResultFormat = { id, title, recognizes, parse };

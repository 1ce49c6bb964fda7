import { FormatError, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { Histogram } from "./histogram.js";
import { LineFaults } from "./line-faults.js";
import { type EndpointFigures, loadRun } from "./load-run.js";
import { refuseSeveral } from "./matches.js";
import { LONGEST_LINE, textBlocks } from "./text-blocks.js";
import { linesOf, peekLines } from "./text-lines.js";

const id = "gatling-log";
const title = "Gatling simulation.log up to 3.11";

const STEPS_PER_SECOND = 1_000;
const MOST_NAMES = 10_000;
/** Distinct times over all names: what is held in memory, whatever the size of the file. */
const MOST_TIMES = 2_000_000;
/** They are counted after as many blocks: often enough, and cheap. */
const BLOCKS = 64;

/** What a line may be about. */
const KINDS: ReadonlySet<string> = new Set(["ASSERTION", "ERROR", "GROUP", "REQUEST", "RUN", "USER"]);

/** Where a REQUEST line has its groups; name, start, end and outcome follow. */
interface Layout {
  readonly groups: number;
}

/** Up to 3.3 the number of the user stands before the groups. From 3.12 on the log is binary. */
function layoutOf(version: string): Layout | undefined {
  const [, minor] = /^3\.(\d{1,3})(?:[.-]|$)/.exec(version) ?? [];
  if (minor === undefined || Number(minor) > 11) return undefined;
  return { groups: Number(minor) < 4 ? 2 : 1 };
}

/** Assertions stand before the line RUN. */
function recognizes(head: Uint8Array): boolean {
  const lines = peekLines(head).filter((line) => line !== "" && !line.startsWith("ASSERTION\t"));
  return /^RUN\t[^\t]*\t[^\t]*\t\d{10,}\t/.test(lines[0] ?? "");
}

const refused = (sentence: ReturnType<typeof text>, line: number): FormatError =>
  new FormatError("unexpected-shape", sentence, text`give js/stats.json of the report, which every version writes`, line);

/** Times of one request name. The failed ones are only counted: their answers are often the fastest. */
interface Seen {
  readonly successes: Histogram;
  failed: number;
}

class Simulation {
  #layout: Layout | undefined;
  #began = Number.POSITIVE_INFINITY;
  #ended = 0;
  readonly #seen = new Map<string, Seen>();
  readonly faults = new LineFaults("lines");
  runs = 0;
  version = "";

  read(line: string, number: number): void {
    const cells = line.split("\t");
    if (line !== "" && !KINDS.has(cells[0] ?? "")) this.faults.foreign(number);
    if (cells[0] === "RUN") this.#run(cells, number);
    if (cells[0] === "REQUEST") this.#request(cells, number);
  }

  #run(cells: readonly string[], number: number): void {
    this.version = cells.at(-1)?.trim() ?? "";
    this.#layout = layoutOf(this.version);
    this.runs++;
    if (this.#layout === undefined) throw refused(text`the log of Gatling ${this.version} has a layout that is not read`, number);
  }

  #request(cells: readonly string[], number: number): void {
    const at = this.#layout?.groups ?? Number.NaN;
    const [groups = "", name = "", start = "", end = "", outcome = ""] = cells.slice(at, at + 5);
    const valid = [start, end].every((time) => /^\d{10,16}$/.test(time)) && Number(end) >= Number(start);
    if (name === "" || !valid || !/^(?:OK|KO)$/.test(outcome))
      throw refused(text`line ${number} is not a request as Gatling ${this.version} writes it, or cut short`, number);
    this.#began = Math.min(this.#began, Number(start));
    this.#ended = Math.max(this.#ended, Number(end));
    const seen = this.#named([...groups.split(","), name].filter(Boolean).join(" / "));
    if (outcome === "OK") seen.successes.add(Number(end) - Number(start));
    else seen.failed++;
  }

  #named(name: string): Seen {
    const known = this.#seen.get(name);
    if (known !== undefined) return known;
    if (this.#seen.size >= MOST_NAMES)
      throw new FormatError("too-many", text`the log has more than ${MOST_NAMES} request names`, text`leave ids out of request names`);
    const seen = { successes: new Histogram(), failed: 0 };
    this.#seen.set(name, seen);
    return seen;
  }

  /** Distinct times in memory. */
  get size(): number {
    return [...this.#seen.values()].reduce((sum, { successes }) => sum + successes.size, 0);
  }

  #figures(endpoint: string, successes: Histogram, failed: number): EndpointFigures {
    const seconds = (this.#ended - this.#began) / STEPS_PER_SECOND;
    return {
      endpoint,
      requests: successes.total + failed,
      failed,
      seconds: successes.statistics(STEPS_PER_SECOND),
      successesOnly: true,
      ...(seconds > 0 ? { perSecond: successes.total / seconds } : {}),
      resolution: 1 / STEPS_PER_SECOND,
    };
  }

  endpoints(): readonly EndpointFigures[] {
    return [...this.#seen].map(([name, { successes, failed }]) => this.#figures(name, successes, failed));
  }

  total(): EndpointFigures {
    const all = new Histogram();
    for (const { successes } of this.#seen.values()) all.merge(successes);
    return this.#figures(
      "*",
      all,
      [...this.#seen.values()].reduce((sum, { failed }) => sum + failed, 0),
    );
  }
}

/** Nothing tells whether it was a request. */
const refuseOverlong = (): never => {
  throw new FormatError(
    "line-too-long",
    text`the log has a line longer than ${LONGEST_LINE / 1e6} MB`,
    text`give js/stats.json of the report, which every version writes`,
  );
};

/** Read block by block: a log may be of any size. */
async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const simulation = new Simulation();
  let [number, blocks] = [0, 0];
  for await (const block of textBlocks(chunks, refuseOverlong)) {
    for (const { text: line } of linesOf(block.text)) simulation.read(line, ++number);
    refuseSeveral(simulation.runs);
    if (++blocks % BLOCKS === 0 && simulation.size > MOST_TIMES)
      throw new FormatError("too-many", text`the log has too many different times and names`, text`leave ids out of request names`);
  }
  const { version } = simulation;
  const problems = simulation.faults.problems();
  return loadRun({ format: id, tool: `Gatling ${version}`, total: simulation.total(), endpoints: simulation.endpoints(), problems });
}

export const gatlingLog: ResultFormat = { id, title, streams: true, recognizes, parse };

import { FormatError, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { EndpointTallies } from "./endpoint-tallies.js";
import { Instants } from "./instants.js";
import { Interval } from "./interval.js";
import { isOthers, lineOf, type Point } from "./k6-points.js";
import { figuresOf, K6Tally } from "./k6-tally.js";
import { LineFaults } from "./line-faults.js";
import { loadRun } from "./load-run.js";
import { type Block, textBlocks } from "./text-blocks.js";

const id = "k6-ndjson";
const title = "k6 --out json";

const POINT = /^\{"(?:type":"(?:Metric|Point)","data":\{|metric":"[^"]{1,500}","type":"Point","data":\{)/;
/** Lines that may hold something else before the first of k6's. */
const LOOKED_AT = 50;

function recognizes(head: Uint8Array): boolean {
  const lines = new TextDecoder().decode(head).split("\n", LOOKED_AT);
  return lines.some((line) => POINT.test(line));
}

const NAME_THEM = text`give requests that differ in an id only one name: http.get(url, { tags: { name: "/api/users/{id}" } })`;

/** A stage of its own, before or after the load. */
const isOutside = (group: string | undefined): boolean =>
  group !== undefined && ["::setup", "::teardown"].some((stage) => group === stage || group.startsWith(`${stage}::`));

/** Reads one stream; built for a single use. */
class Stream {
  readonly faults = new LineFaults("lines");
  private readonly instants = new Instants();
  private readonly interval = new Interval();
  private readonly tallies = new EndpointTallies(() => new K6Tally());
  private readonly defined = new Set<string>();
  private line = 0;

  read({ text: block, unfinished }: Block): void {
    for (let at = 0; at < block.length; ) {
      this.line++;
      const newline = block.indexOf("\n", at);
      const end = newline === -1 ? block.length : newline;
      if (unfinished && lineOf(block.slice(at, end)) === "broken") this.faults.truncated();
      else if (!isOthers(block, at)) this.take(block.slice(at, end));
      at = end + 1;
    }
  }

  run(): ParsedRun {
    const { faults, tallies, interval } = this;
    const { total } = tallies;
    const problems = [...faults.problems(), ...interval.problems(), ...total.problems(), ...tallies.problems(NAME_THEM)];
    if (total.requests === 0) return { format: id, tool: "k6", measurements: [], noData: text`k6 recorded no HTTP request`, problems };
    return loadRun({
      format: id,
      tool: "k6",
      total: { ...figuresOf("*", total, interval.seconds), byStatus: tallies.byStatus() },
      endpoints: tallies.entries().map(([name, tally]) => figuresOf(name, tally, interval.seconds)),
      problems,
    });
  }

  private take(source: string): void {
    if (source === "" || source === "\r") return;
    const line = lineOf(source);
    if (line === "other") return;
    if (line === "broken") {
      if (source.startsWith("{")) this.faults.unreadable(this.line);
      else this.faults.foreign(this.line);
    } else if ("defines" in line) this.define(line.defines);
    else if (!isOutside(line.point.group)) this.add(line.point);
  }

  /** A process of k6 defines each of its metrics once. */
  private define(metric: string): void {
    if (!metric.startsWith("http_req")) return;
    if (this.defined.has(metric))
      throw new FormatError(
        "several-runs",
        text`a second run of k6 begins at line ${this.line}`,
        text`give one file per run, not several runs appended to one file`,
        this.line,
      );
    if (this.defined.size < 100) this.defined.add(metric);
  }

  private add(point: Point): void {
    const end = this.instants.seconds(point.time);
    const { name = "*", method } = point;
    const tally = name === "*" ? undefined : this.tallies.of(method === undefined ? name : `${method} ${name}`);
    if (point.metric === "http_req_failed") {
      this.tallies.total.outcome(point.value);
      tally?.outcome(point.value);
      return;
    }
    const seconds = point.value / 1000;
    if (Number.isNaN(end)) this.faults.unreadable(this.line);
    else this.interval.add(end - seconds, end);
    if (point.status !== undefined) this.tallies.answered(point.status);
    this.tallies.total.timed(seconds, point.expected);
    tally?.timed(seconds, point.expected);
  }
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const stream = new Stream();
  for await (const block of textBlocks(chunks, stream.faults.tooLong)) stream.read(block);
  return stream.run();
}

export const k6Ndjson: ResultFormat = { id, title, streams: true, recognizes, parse };

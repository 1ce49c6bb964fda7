import { FormatError, type Origin, type ParsedRun, type Problem } from "../../model/measurement.js";
import type { Doubt, Instrumentation, RuntimeRecord } from "../../model/runtime.js";
import { figure, type Text, text } from "../../model/text.js";
import type { JsonRead } from "../json-stream.js";
import { StatementBook } from "../runtime/statement-book.js";
import { readSpan } from "./read-span.js";
import type { RawSpan, Service, Span } from "./span.js";
import { traced } from "./trace-record.js";

/** Of one file, in the App; a door with more room reads more, up to 2 million, which take some 1.5 GB. */
const MOST_SPANS = 500_000;
const MOST_ROOM = 4;
/** More libraries and services than a program has. */
const MOST_NAMES = 500;

const count = (value: number): Text => figure(value.toLocaleString("en-US"));

/** The spans of one file as they are read, and what becomes of them; built for a single use. */
export class SpanFile {
  private readonly format: string;
  private readonly book = new StatementBook();
  private readonly spans = new Map<string, Span>();
  private readonly scopes = new Map<string, Instrumentation>();
  private readonly services = new Set<Service>();
  private readonly most: number;
  private duplicates = 0;
  private unreadable = 0;
  private dropped = 0;
  private beyond = 0;

  constructor(format: string, { room = 1 }: Origin) {
    this.format = format;
    this.most = MOST_SPANS * Math.min(Math.max(room, 1), MOST_ROOM);
  }

  /** A span that was sent twice counts once: exporters send again what they got no answer for. */
  add(raw: RawSpan): void {
    const span = readSpan(raw, this.book);
    if (this.spans.has(span.id)) this.duplicates++;
    else if (this.spans.size >= this.most) this.beyond++;
    else {
      this.spans.set(span.id, span);
      if (raw.isCut) this.dropped++;
      if (raw.scope !== undefined) this.scope(raw.scope, raw.scopeVersion);
      if (this.services.size < MOST_NAMES) this.services.add(raw.service);
    }
  }

  private scope(name: string, version: string | undefined): void {
    if (this.scopes.size >= MOST_NAMES) return;
    const key = `${name} ${version ?? ""}`;
    if (!this.scopes.has(key)) this.scopes.set(key, { name, ...(version !== undefined && { version }) });
  }

  /** A span without the ids that make it one. */
  broken(): void {
    this.unreadable++;
  }

  run(read: JsonRead, sha256: string): ParsedRun {
    const problems = [...read.problems, ...this.problems()];
    if (this.spans.size === 0 && problems.length === 0)
      throw new FormatError("no-spans", text`the file holds no span`, text`check that the exporter was flushed before the process ended`);
    return { format: this.format, measurements: [], problems, runtime: this.record(read, sha256) };
  }

  private record(read: JsonRead, sha256: string): RuntimeRecord {
    const { entries, totals, cut, beyond } = traced([...this.spans.values()], this.book);
    const names = [...this.services].flatMap(({ name }) => (name === undefined ? [] : [name]));
    return {
      source: "traces",
      sha256,
      instrumentations: [...this.scopes.values()],
      services: [...new Set(names)].sort(),
      statements: this.book.statements(),
      entries,
      totals: { ...totals, duplicates: this.duplicates },
      doubts: this.doubts(read, cut, beyond),
    };
  }

  private problems(): readonly Problem[] {
    if (this.unreadable === 0) return [];
    const message = text`${count(this.unreadable)} spans could not be read: they have no valid ids, or are no JSON`;
    return [{ level: "error", code: "unreadable-spans", message, remedy: text`give the file as the exporter wrote it` }];
  }

  private doubts(read: JsonRead, cut: number, runs: number): readonly Doubt[] {
    const all: readonly (readonly [number, Doubt["code"], Text])[] = [
      [read.incomplete ? 1 : 0, "unreadable", text`parts of the file could not be read`],
      [this.unreadable, "unreadable", text`${count(this.unreadable)} spans could not be read`],
      [this.dropped, "dropped", text`attributes of ${count(this.dropped)} spans were dropped`],
      [this.beyond, "too-many", text`${count(this.beyond)} spans beyond the first ${count(this.most)} were not read`],
      [this.book.overflowed ? 1 : 0, "too-many", text`there are more statements than are kept`],
      [runs, "too-many", text`${count(runs)} tests and requests beyond those that are kept were not counted one by one`],
      [cut, "cycles", text`the parents of ${count(cut)} spans form a circle, or a chain that is too long`],
    ];
    return all.filter(([times]) => times > 0).map(([, code, message]) => ({ code, message }));
  }
}

import type { z } from "zod";
import type { NotApplied, ObservedStatement, SchemaFile } from "../../evidence/planner.js";
import { plain, text } from "../../model/text.js";
import { fileAnswer, stepAnswer } from "./answers.js";
import { type PlannerProcess, Stopped } from "./process.js";

export interface FileLimits {
  /** Wall time for all files of both sides, in ms: for its sentence. */
  readonly jobMs: number;
  /** Wall time of one statement that is observed, in ms. A file that runs as a whole has twice that. */
  readonly statementMs: number;
}

const FILE_CHARACTERS = 8_000_000;

/** Steps that killed the process, with the reason: they are left out when it is built again. */
export class Deadly {
  private readonly reasons = new Map<string, string>();

  get size(): number {
    return this.reasons.size;
  }

  add(path: string, step: number, reason: string): void {
    this.reasons.set(JSON.stringify([path, step]), reason);
  }

  reason(path: string, step: number): string | undefined {
    return this.reasons.get(JSON.stringify([path, step]));
  }
}

/** @throws Stopped */
export function outOfTime(jobMs: number): never {
  throw new Stopped(text`its files took longer than ${jobMs / 1000} s to run`);
}

const lineAt = (sql: string, offset: number): number => sql.slice(0, offset).split("\n").length;

/** One file in the process. */
export class FileRun {
  private readonly process: PlannerProcess;
  private readonly file: SchemaFile;
  private readonly limits: FileLimits;
  private readonly deadly: Deadly;
  private readonly until: number;
  readonly notApplied: NotApplied[] = [];
  readonly observed: ObservedStatement[] = [];

  constructor(process: PlannerProcess, file: SchemaFile, limits: FileLimits, deadly: Deadly, until: number) {
    this.process = process;
    this.file = file;
    this.limits = limits;
    this.deadly = deadly;
    this.until = until;
  }

  async run(observe: boolean): Promise<FileRun> {
    const { sql } = this.file;
    if (sql.length > FILE_CHARACTERS) return this.skip(`it is larger than ${FILE_CHARACTERS / 1e6} MB`);
    const { steps } = await this.process.ask({ ask: "file", sql, observe }, fileAnswer, this.left(this.limits.statementMs));
    if (steps === null) await this.step(0, null);
    else for (const [index, place] of steps.entries()) await this.step(index, place);
    return this;
  }

  private async step(index: number, place: { readonly start: number; readonly end: number } | null): Promise<void> {
    const where = place === null ? "" : `line ${lineAt(this.file.sql, place.start)}: `;
    const deadly = this.deadly.reason(this.file.path, index);
    if (deadly !== undefined) {
      this.skip(where + deadly);
      return;
    }
    const { observation = null, failed } = await this.ask(index, place === null ? 2 * this.limits.statementMs : this.limits.statementMs);
    if (failed !== undefined) this.skip(where + failed);
    if (place !== null) this.observed.push({ path: this.file.path, ...place, observation });
  }

  private async ask(index: number, ms: number): Promise<z.infer<typeof stepAnswer>> {
    try {
      return await this.process.ask({ ask: "step", index }, stepAnswer, this.left(ms));
    } catch (error) {
      if (error instanceof Stopped && performance.now() < this.until) this.deadly.add(this.file.path, index, plain(error.reason));
      throw error;
    }
  }

  /** @throws Stopped when the time for all files was used up */
  private left(ms: number): number {
    const left = this.until - performance.now();
    return left <= 0 ? outOfTime(this.limits.jobMs) : Math.min(left, ms);
  }

  private skip(message: string): this {
    this.notApplied.push({ path: this.file.path, message });
    return this;
  }
}

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
  /** In ms, from any point. */
  readonly now: () => number;
  readonly patience: (sql: string, leftMs: number) => number;
}

const FILE_CHARACTERS = 8_000_000;

/** Steps that killed the process, with the reason: they are left out when it is built again. */
export class Deadly {
  private readonly reasons = new Map<string, string>();
  private last: { readonly path: string; readonly step: number } | null = null;
  private rest: string | null = null;

  get size(): number {
    return this.reasons.size;
  }

  add(path: string, step: number, reason: string): void {
    this.reasons.set(JSON.stringify([path, step]), reason);
    this.last = { path, step };
  }

  /** From now on nothing is run that comes after the step that killed last. */
  giveUp(): void {
    this.rest = "it was not run, because what came before it had to be killed too often";
  }

  /** The time was up in this step: neither it nor anything after it is run. */
  cut(path: string, step: number, jobMs: number): void {
    this.add(path, step, overtime(jobMs));
    this.rest = overtime(jobMs);
  }

  /** Why a step is not run although it did nothing, else null; without a step, why what comes after the file is not. */
  givenUp(path: string, step = Number.POSITIVE_INFINITY): string | null {
    return this.last?.path === path && step > this.last.step ? this.rest : null;
  }

  reason(path: string, step: number): string | undefined {
    return this.reasons.get(JSON.stringify([path, step]));
  }
}

/** Why a file, or a statement, was not run to its end when the time was up. */
export const overtime = (jobMs: number): string =>
  `it was not run to its end, because all files together took longer than ${jobMs / 1000} s`;

/** @throws Stopped */
export function outOfTime(jobMs: number): never {
  throw new Stopped(text`its files took longer than ${jobMs / 1000} s to run`);
}

const lineAt = (sql: string, offset: number): number => sql.slice(0, offset).split("\n").length;

interface Place {
  readonly start: number;
  readonly end: number;
}

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
    const { steps } = await this.timed(0, () =>
      this.process.ask({ ask: "file", sql, observe }, fileAnswer, this.left(this.limits.statementMs)),
    );
    if (steps === null) await this.step(0, null);
    else for (const [index, place] of steps.entries()) await this.stepUnlessGivenUp(index, place);
    return this;
  }

  /** All that is left of a file has one line. */
  private async stepUnlessGivenUp(index: number, place: Place): Promise<void> {
    const [before, reason] = [this.deadly.givenUp(this.file.path, index - 1), this.deadly.givenUp(this.file.path, index)];
    if (reason === null) return await this.step(index, place);
    if (before === null) this.skip(`line ${lineAt(this.file.sql, place.start)} and what follows: ${reason}`);
    this.observed.push({ path: this.file.path, ...place, observation: null });
  }

  private async step(index: number, place: Place | null): Promise<void> {
    const where = place === null ? "" : `line ${lineAt(this.file.sql, place.start)}: `;
    const deadly = this.deadly.reason(this.file.path, index);
    if (deadly !== undefined) {
      this.skip(where + deadly);
      return;
    }
    const { observation = null, failed } = await this.ask(index, place);
    if (failed !== undefined) this.skip(where + failed);
    if (place !== null) this.observed.push({ path: this.file.path, ...place, observation });
  }

  private async ask(index: number, place: Place | null): Promise<z.infer<typeof stepAnswer>> {
    const { statementMs, patience } = this.limits;
    const sql = place === null ? this.file.sql : this.file.sql.slice(place.start, place.end);
    return await this.timed(index, async () => {
      try {
        const left = this.left(place === null ? 2 * statementMs : statementMs);
        return await this.process.ask({ ask: "step", index }, stepAnswer, patience(sql, left));
      } catch (error) {
        if (error instanceof Stopped && !this.isOver()) this.deadly.add(this.file.path, index, plain(error.reason));
        throw error;
      }
    });
  }

  /** Notes the step in which the time for all files was up. */
  private async timed<T>(index: number, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Stopped && this.isOver()) this.deadly.cut(this.file.path, index, this.limits.jobMs);
      throw error;
    }
  }

  private isOver(): boolean {
    return this.limits.now() >= this.until;
  }

  /** @throws Stopped when the time for all files was used up */
  private left(ms: number): number {
    const left = this.until - this.limits.now();
    return left <= 0 ? outOfTime(this.limits.jobMs) : Math.min(left, ms);
  }

  private skip(message: string): this {
    this.notApplied.push({ path: this.file.path, message });
    return this;
  }
}

import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { plain, type Text, text } from "../../model/text.js";
import { type Killable, killable } from "../killable.js";
import { brokenAnswer, openAnswer } from "./answers.js";
import { packageFolder, ROOT } from "./packages.js";
import type { PlannerQuestion } from "./questions.js";

const CHILD = new URL("../../../dist/sandbox/planner-child.js", import.meta.url);
const HEAP_MB = 512;
/** Starting PostgreSQL takes half a second; on a machine that is busy with other things, many times that. */
const START_MS = 30_000;
/** Making an empty database, once per machine. */
const CREATE_MS = 120_000;

/** `dist` may be a link: then both names have to be allowed. */
const programFolders = (): readonly string[] => {
  const folder = join(dirname(fileURLToPath(CHILD)), "..");
  return existsSync(folder) ? [...new Set([folder, realpathSync(folder)])] : [folder];
};

/** Our own code and the two libraries that it needs. */
export const readable = (): readonly string[] => [
  join(ROOT, "package.json"),
  join(ROOT, "../package.json"),
  ...programFolders(),
  packageFolder("@electric-sql/pglite"),
  packageFolder("libpg-query"),
  packageFolder("@pgsql/types"),
];

/** A kill, a dead engine, or an answer that is none: this process is gone. */
export class Stopped extends Error {
  readonly reason: Text;

  constructor(reason: Text) {
    super("the planner was stopped");
    this.reason = reason;
  }
}

/** One PostgreSQL in a process of its own. */
export class PlannerProcess {
  private readonly child: Killable;
  private readonly onStopped: (why: string) => void;
  private running = false;
  private closed = false;

  /** @param onStopped is told of each kill, in words that hold nothing of the SQL */
  constructor(rssMb: number, onStopped: (why: string) => void) {
    this.onStopped = onStopped;
    this.child = killable(CHILD, { heapMb: HEAP_MB, rssMb }, { task: "run", mayRead: readable(), ownNetwork: true });
  }

  /** Has a process load its program meanwhile, for a start that will come. */
  warm(): void {
    if (!this.running && !this.closed) this.child.warm();
  }

  /** @throws Stopped */
  async start(snapshot: Uint8Array | null, extensions: readonly string[]): Promise<void> {
    // One that was only warmed knows nothing yet.
    if (this.running) this.end();
    if (this.closed) throw new Stopped(text`the planner was closed`);
    this.running = true;
    await this.ask({ ask: "open", snapshot, extensions }, openAnswer, snapshot === null ? CREATE_MS : START_MS);
  }

  /** @throws Stopped */
  async ask<T>(question: PlannerQuestion, shape: z.ZodType<T>, deadlineMs: number): Promise<T> {
    if (!this.running) throw new Stopped(this.closed ? text`the planner was closed` : text`the planner is not running`);
    const answer = await this.child.ask(question, Math.max(1, Math.round(deadlineMs)));
    if (answer.status === "stopped") throw this.stopped(answer.reason, plain(answer.reason));
    const broken = brokenAnswer.safeParse(answer.message);
    if (broken.success) throw this.stopped(text`${broken.data.broken}`, "its engine broke");
    const read = shape.safeParse(answer.message);
    if (!read.success) throw this.stopped(text`the planner gave an answer that is none`, "its answer was none");
    return read.data;
  }

  end(): void {
    this.running = false;
    this.child.retire();
  }

  /** Ends it for good: whoever still asks is told so. */
  close(): void {
    this.closed = true;
    this.end();
  }

  private stopped(reason: Text, why: string): Stopped {
    this.end();
    if (this.closed) return new Stopped(text`the planner was closed`);
    this.onStopped(why);
    return new Stopped(reason);
  }
}

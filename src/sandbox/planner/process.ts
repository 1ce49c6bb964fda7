import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { type Text, text } from "../../model/text.js";
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
  private running = false;

  constructor(rssMb: number) {
    this.child = killable(CHILD, { heapMb: HEAP_MB, rssMb }, { task: "run", mayRead: readable() });
  }

  /** @throws Stopped */
  async start(snapshot: Uint8Array | null, extensions: readonly string[]): Promise<void> {
    this.end();
    this.running = true;
    await this.ask({ ask: "open", snapshot, extensions }, openAnswer, snapshot === null ? CREATE_MS : START_MS);
  }

  /** @throws Stopped */
  async ask<T>(question: PlannerQuestion, shape: z.ZodType<T>, deadlineMs: number): Promise<T> {
    if (!this.running) throw new Stopped(text`the planner is not running`);
    const answer = await this.child.ask(question, Math.max(1, Math.round(deadlineMs)));
    if (answer.status === "stopped") throw this.stopped(answer.reason);
    const broken = brokenAnswer.safeParse(answer.message);
    if (broken.success) throw this.stopped(text`${broken.data.broken}`);
    const read = shape.safeParse(answer.message);
    if (!read.success) throw this.stopped(text`the planner gave an answer that is none`);
    return read.data;
  }

  end(): void {
    this.running = false;
    this.child.retire();
  }

  private stopped(reason: Text): Stopped {
    this.end();
    return new Stopped(reason);
  }
}

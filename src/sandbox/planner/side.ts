import type { NotBuilt, PlanAnswer, PlanQuestion, PlanRequest } from "../../evidence/planner.js";
import { type Text, text } from "../../model/text.js";
import { explainAnswer, sizesAnswer } from "./answers.js";
import { type PlannerProcess, Stopped } from "./process.js";

export interface ExplainLimits {
  /** Wall time of one question, in ms. */
  readonly statementMs: number;
  readonly patience: (sql: string, leftMs: number) => number;
  /** Kills of one request, after which what is left is not planned. */
  readonly kills: number;
}

/** Giving everything its size, and building candidates. */
const SIZES_MS = 30_000;

type Outcome = { readonly answer: PlanAnswer } | { readonly lost: Text };

/** The database of one side, in a process that is started when the first question comes, and again after a kill. */
export class Side {
  private readonly process: PlannerProcess;
  private readonly snapshot: Uint8Array;
  private readonly extensions: readonly string[];
  private readonly limits: ExplainLimits;
  /** What the process was told of sizes and candidates; null when it does not run, or was told nothing. */
  private dressed: string | null = null;
  /** Candidates of what it was told that do not stand. */
  private notBuilt: readonly NotBuilt[] = [];
  private running: boolean;

  /** @param running whether the process holds this side already */
  constructor(process: PlannerProcess, snapshot: Uint8Array, extensions: readonly string[], running: boolean, limits: ExplainLimits) {
    this.process = process;
    this.snapshot = snapshot;
    this.extensions = extensions;
    this.running = running;
    this.limits = limits;
  }

  async explain(request: PlanRequest): Promise<readonly PlanAnswer[]> {
    const answers: PlanAnswer[] = [];
    let [kills, reason]: [number, Text] = [0, text`it was not asked`];
    for (const question of request.questions) {
      const outcome = kills > this.limits.kills ? { lost: reason } : await this.one(request, question);
      if ("answer" in outcome) answers.push(outcome.answer);
      else {
        kills += 1;
        reason = outcome.lost;
        answers.push({ id: question.id, failed: text`could not check: ${reason}` });
      }
    }
    return answers;
  }

  private rest(): void {
    this.process.end();
    this.running = false;
    this.dressed = null;
  }

  private async one(request: PlanRequest, { id, sql }: PlanQuestion): Promise<Outcome> {
    try {
      await this.ready(request);
      const answer = await this.process.ask(
        { ask: "explain", sql, without: request.without ?? [] },
        explainAnswer,
        this.limits.patience(sql, this.limits.statementMs),
      );
      if ("failed" in answer) return { answer: { id, failed: text`${answer.failed}` } };
      const plan: unknown = JSON.parse(answer.plan);
      return { answer: { id, plan, ...(this.notBuilt.length > 0 && { notBuilt: this.notBuilt }) } };
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      this.rest();
      return { lost: error.reason };
    }
  }

  private async ready({ statistics, candidates }: PlanRequest): Promise<void> {
    if (!this.running) await this.process.start(this.snapshot, this.extensions);
    this.running = true;
    const dress = JSON.stringify([statistics, candidates]);
    if (this.dressed === dress) return;
    this.dressed = null;
    const { notBuilt } = await this.process.ask({ ask: "sizes", statistics, candidates }, sizesAnswer, SIZES_MS);
    this.notBuilt = notBuilt;
    this.dressed = dress;
  }
}

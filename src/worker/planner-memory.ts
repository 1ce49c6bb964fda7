import { createHash } from "node:crypto";
import type { PlanAnswer, Planner, PlannerSession, PlanRequest, Refused, SchemaRequest } from "../evidence/planner.js";
import { text } from "../model/text.js";
import { Lru } from "./lru.js";

/** Characters of answers that are kept: dozens of ordinary pull requests, or a few of the largest. */
export const MEMORY_CHARACTERS = 32_000_000;

type Opened = Pick<PlannerSession, "version" | "base" | "head" | "notApplied" | "observed">;
type Answers = readonly PlanAnswer[];

const sizeOf = (value: unknown): number => JSON.stringify(value).length;
const keyOf = (...parts: readonly unknown[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

/** It would answer the same on another day: nothing that it holds or says is the worse for a kill, or for want of time. */
const isLasting = ({ work, later }: PlannerSession): boolean => (work?.kills ?? 0) === 0 && later === undefined;

/** A session that starts a real one for the first question whose answer is not known. */
class RememberedSession implements PlannerSession {
  readonly version: string;
  readonly base: PlannerSession["base"];
  readonly head: PlannerSession["head"];
  readonly notApplied: PlannerSession["notApplied"];
  readonly observed: PlannerSession["observed"];
  readonly later?: boolean;
  private readonly key: string;
  private readonly answers: Lru<Answers>;
  private readonly open: () => Promise<PlannerSession | Refused>;
  private real: Promise<PlannerSession | Refused> | null;

  constructor(opened: Opened, key: string, answers: Lru<Answers>, open: () => Promise<PlannerSession | Refused>, real?: PlannerSession) {
    this.version = opened.version;
    this.base = opened.base;
    this.head = opened.head;
    this.notApplied = opened.notApplied;
    this.observed = opened.observed;
    this.key = key;
    this.answers = answers;
    this.open = open;
    this.real = real ? Promise.resolve(real) : null;
    if (real?.later !== undefined) this.later = real.later;
  }

  async explain(request: PlanRequest): Promise<Answers> {
    const key = keyOf(this.key, request);
    const known = this.answers.get(key);
    if (known) return known;
    this.real ??= this.open();
    const session = await this.real;
    if ("refused" in session) return request.questions.map(({ id }) => ({ id, failed: text`could not check: ${session.refused}` }));
    const answers = await session.explain(request);
    if (isLasting(session)) this.answers.set(key, answers);
    return answers;
  }

  async close(): Promise<void> {
    const session = await this.real;
    if (session && "close" in session) await session.close();
  }
}

/**
 * The same planner, which remembers what it answered: one head is reviewed again whenever a label, a comment or a
 * result arrives, and its SQL is what it was. A key is everything that an answer depends on: each file of the schema
 * on both sides, and the whole question. What was refused, or cost a process, is asked again.
 */
export class PlannerMemory implements Planner {
  private readonly planner: Planner;
  private readonly schemas: Lru<Opened>;
  private readonly answers: Lru<Answers>;

  constructor(planner: Planner, characters: number) {
    this.planner = planner;
    this.schemas = new Lru<Opened>(characters / 2, sizeOf);
    this.answers = new Lru<Answers>(characters / 2, sizeOf);
  }

  async open(request: SchemaRequest): Promise<PlannerSession | Refused> {
    const key = keyOf(request);
    const open = () => this.planner.open(request);
    const known = this.schemas.get(key);
    if (known) return new RememberedSession(known, key, this.answers, open);
    const session = await open();
    if ("refused" in session) return session;
    const { version, base, head, notApplied, observed } = session;
    const opened = { version, base, head, notApplied, observed };
    if (isLasting(session)) this.schemas.set(key, opened);
    return new RememberedSession(opened, key, this.answers, open, session);
  }
}

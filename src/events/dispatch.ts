import type { Logger } from "pino";
import { GitHubError } from "../github/errors.js";
import { unpack } from "../store/packed.js";
import type { Delivery, DeliveryLease, Inbox } from "../store/store.js";
import { Pace } from "./pace.js";
import { type Task, Waiting } from "./waiting.js";

/** After this many failures a delivery is parked as dead. */
const ATTEMPTS = 8;

/** Deliveries dispatched at the same time: what they tell the store together is written together. */
const LANES = 64;

/** Of them in a round, while deliveries come in a stream. */
const ROUND_LANES = 32;

/** Deliveries that had no room in memory are read this many at a time. */
const RECALLED = 100;

/** Deliveries of others that are taken over at once; the rest follows, or another process takes it. */
const TAKEN_OVER = 50;

const MAX_BACKOFF_MS = 120_000;

export interface DispatchOptions {
  readonly inbox: Pick<Inbox, "takeOver" | "renew" | "recover" | "leave" | "read" | "done" | "failed">;
  /** This process's, which it must have renewed by {@link Dispatcher.sweep} before it runs out. */
  readonly lease: DeliveryLease;
  /** A delivery was given up: what it would have told is missing. */
  onDead(delivery: Delivery): Promise<void>;
  /** Probot's `receive`: runs the event's handler, rejects when it fails. */
  receive(event: { readonly id: string; readonly name: string; readonly payload: object }): Promise<void>;
  /** Runs `work` after `ms`; forgotten when the process ends. */
  later(ms: number, work: () => void): void;
  /** Milliseconds of the clock that deliveries are received by. */
  now(): number;
  /** Between 0 and 1. */
  random(): number;
  readonly log: Pick<Logger, "warn" | "error" | "info">;
}

/** Exponential from one second with full jitter (0 to the bound), in milliseconds. */
export const backoffMs = (attempt: number, random: number): number => Math.min(MAX_BACKOFF_MS, 1_000 * 2 ** attempt) * random;

const payloadOf = ({ delivery, payload: parsed }: Task): object => {
  const payload: unknown = parsed ?? JSON.parse(unpack(delivery.body));
  if (typeof payload !== "object" || payload === null) throw new Error("the stored body is not an object");
  return payload;
};

/** Probot gathers what its handlers threw. */
const causesOf = (error: unknown): readonly unknown[] => (error instanceof AggregateError ? error.errors.flatMap(causesOf) : [error]);

/** How long GitHub wants to be left alone; null when it is not that. */
function limitMs(error: unknown): number | null {
  const failures = causesOf(error).flatMap((cause) => (cause instanceof GitHubError ? [cause.failure] : []));
  const limits = failures.flatMap((failure) => (failure.kind === "rate-limited" ? [failure.retryAfterMs] : []));
  return limits.length > 0 ? Math.max(...limits) : null;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Takes deliveries from the inbox to their handlers, each until it is done or dead. */
export class Dispatcher {
  private readonly options: DispatchOptions;
  private readonly waiting = new Waiting();
  private readonly pace = new Pace();
  private recalling: Promise<void> | null = null;
  /** Nothing is started before. */
  private round: Promise<void> | null = null;
  /** Failed attempts of what is waiting, running or to be tried again. */
  private readonly attempts = new Map<string, number>();
  private readonly running = new Set<Promise<void>>();
  private draining = false;

  constructor(options: DispatchOptions) {
    this.options = options;
  }

  /**
   * Dispatches a delivery that is in the inbox; `payload` is its body where that is parsed already. Never throws.
   * One that is being worked on already is left alone.
   */
  take(delivery: Delivery, payload?: object): void {
    if (this.attempts.has(delivery.guid)) return;
    this.attempts.set(delivery.guid, 0);
    this.pace.came(this.options.now());
    this.enqueue({ delivery, payload });
  }

  /** At boot: dispatches what an earlier process received and did not finish. */
  async replay(): Promise<void> {
    await this.options.inbox.recover();
    await this.sweep();
  }

  /**
   * Keeps what this process has, and takes over what nobody has (any more): to be called several times
   * within a lease. Never rejects.
   */
  async sweep(): Promise<void> {
    const { inbox, lease, log } = this.options;
    try {
      if (this.attempts.size > 0) await inbox.renew(lease);
      if (this.draining) return;
      const left = await inbox.takeOver(lease, TAKEN_OVER);
      if (left.length > 0) log.info({ deliveries: left.length }, "deliveries that nobody worked on are taken up");
      for (const delivery of left) this.take(delivery);
    } catch (error) {
      log.error({ err: error }, "the inbox could not be looked through; it will be tried again");
    }
  }

  /** Starts nothing more; resolves when what is under way has ended. The rest stays in the inbox, for anybody. */
  async drain(): Promise<void> {
    this.draining = true;
    await Promise.all(this.running);
    const { inbox, lease, log } = this.options;
    // What cannot be given back is taken over when its lease has run out.
    await inbox.leave(lease.owner).catch((error: unknown) => log.warn({ err: error }, "deliveries could not be given back"));
  }

  /** Resolves when every delivery taken so far was dispatched; those that failed wait for their next try. */
  async idle(): Promise<void> {
    while (this.running.size > 0 || this.recalling !== null || (this.waiting.size > 0 && !this.draining)) {
      await Promise.all([...this.running, this.recalling, this.round]);
    }
  }

  private enqueue(task: Task): void {
    this.waiting.add(task);
    this.pump();
  }

  /** Starts what waits: now, or with the next round. */
  private pump(): void {
    if (this.draining || this.round !== null || this.waiting.size === 0) return;
    const waitMs = this.pace.waitMs(this.options.now(), this.waiting.oldest());
    if (waitMs > 0) this.round = this.nextRound(waitMs);
    else this.start();
  }

  private nextRound(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.options.later(waitMs, () => {
        this.round = null;
        this.start(ROUND_LANES);
        this.pump();
        resolve();
      });
    });
  }

  private start(lanes = LANES): void {
    while (!this.draining && this.running.size < lanes) {
      const task = this.waiting.take();
      if (!task) break;
      const lane = this.work(task).finally(() => {
        this.running.delete(lane);
        this.waiting.end(task);
        this.pump();
      });
      this.running.add(lane);
    }
    this.recall();
  }

  /** Reads from the inbox what had no room in memory. */
  private recall(): void {
    if (this.draining || this.recalling !== null) return;
    const guids = this.waiting.recall(RECALLED);
    if (guids.length === 0) return;
    this.recalling = this.read(guids).finally(() => {
      this.recalling = null;
      this.pump();
    });
  }

  private async read(guids: readonly string[]): Promise<void> {
    const { inbox, log } = this.options;
    try {
      const found = new Map((await inbox.read(guids)).map((delivery) => [delivery.guid, delivery]));
      for (const guid of guids) {
        const delivery = found.get(guid);
        if (delivery) this.waiting.addRecalled(delivery);
        else this.attempts.delete(guid);
      }
    } catch (error) {
      log.error({ err: error, deliveries: guids.length }, "deliveries could not be read from the inbox; they are tried again");
      this.options.later(backoffMs(1, this.options.random()), () => this.readLater(guids));
    }
  }

  private readLater(guids: readonly string[]): void {
    void this.read(guids).finally(() => this.pump());
  }

  private async work(task: Task): Promise<void> {
    const { delivery } = task;
    try {
      await this.dispatch(task);
      this.attempts.delete(delivery.guid);
    } catch (error) {
      await this.failed(delivery, error).catch((cause: unknown) => {
        this.attempts.delete(delivery.guid);
        this.options.log.error(
          { guid: delivery.guid, err: cause },
          "the inbox failed; the delivery is taken up again when its lease has run out",
        );
      });
    }
  }

  private async dispatch(task: Task): Promise<void> {
    const { guid, event } = task.delivery;
    await this.options.receive({ id: guid, name: event, payload: payloadOf(task) });
    await this.options.inbox.done(guid);
  }

  private async failed(delivery: Delivery, error: unknown): Promise<void> {
    const { guid, event } = delivery;
    const { inbox, later, log, random } = this.options;
    const waitMs = limitMs(error);
    if (waitMs !== null) {
      log.info({ guid, event, waitMs }, "GitHub limits the rate; the delivery waits");
      later(waitMs, () => this.enqueue({ delivery }));
      return;
    }
    const attempt = (this.attempts.get(guid) ?? 0) + 1;
    if (await inbox.failed(guid, messageOf(error), ATTEMPTS)) {
      this.attempts.set(guid, attempt);
      log.warn({ guid, event, attempt, reason: messageOf(error) }, "a delivery failed; it will be tried again");
      later(backoffMs(attempt, random()), () => this.enqueue({ delivery }));
      return;
    }
    this.attempts.delete(guid);
    log.error({ guid, event, reason: messageOf(error) }, "a delivery failed for good");
    await this.options.onDead(delivery);
  }
}

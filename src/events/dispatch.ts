import type { Logger } from "pino";
import type { Delivery, Inbox } from "../store/store.js";

/** After this many failures a delivery is parked as dead. */
const ATTEMPTS = 8;

/** Deliveries dispatched at the same time. */
const LANES = 4;

const MAX_BACKOFF_MS = 120_000;

export interface DispatchOptions {
  readonly inbox: Pick<Inbox, "pending" | "done" | "failed">;
  /** Probot's `receive`: runs the event's handler, rejects when it fails. */
  receive(event: { readonly id: string; readonly name: string; readonly payload: object }): Promise<void>;
  /** Runs `work` after `ms`; forgotten when the process ends. */
  later(ms: number, work: () => void): void;
  /** Between 0 and 1. */
  random(): number;
  readonly log: Pick<Logger, "warn" | "error" | "info">;
}

/** Exponential from one second with full jitter (0 to the bound), in milliseconds. */
export const backoffMs = (attempt: number, random: number): number => Math.min(MAX_BACKOFF_MS, 1_000 * 2 ** attempt) * random;

const payloadOf = ({ body }: Delivery): object => {
  const payload: unknown = JSON.parse(body);
  if (typeof payload !== "object" || payload === null) throw new Error("the stored body is not an object");
  return payload;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Takes deliveries from the inbox to their handlers, each until it is done or dead. */
export class Dispatcher {
  private readonly options: DispatchOptions;
  private readonly waiting: Delivery[] = [];
  /** Failed attempts of what is waiting, running or to be tried again. */
  private readonly attempts = new Map<string, number>();
  private readonly running = new Set<Promise<void>>();
  private draining = false;

  constructor(options: DispatchOptions) {
    this.options = options;
  }

  /** Dispatches a delivery that is in the inbox; never throws. One that is being worked on already is left alone. */
  take(delivery: Delivery): void {
    if (this.attempts.has(delivery.guid)) return;
    this.attempts.set(delivery.guid, 0);
    this.enqueue(delivery);
  }

  /** Dispatches everything that an earlier process received and did not finish. */
  async replay(): Promise<void> {
    const pending = await this.options.inbox.pending();
    if (pending.length > 0) this.options.log.info({ deliveries: pending.length }, "deliveries of an earlier process are taken up again");
    for (const delivery of pending) this.take(delivery);
  }

  /** Starts nothing more; resolves when what is under way has ended. The rest stays in the inbox. */
  async drain(): Promise<void> {
    this.draining = true;
    await Promise.all(this.running);
  }

  /** Resolves when every delivery taken so far was dispatched; those that failed wait for their next try. */
  async idle(): Promise<void> {
    while (this.running.size > 0 || (this.waiting.length > 0 && !this.draining)) await Promise.all(this.running);
  }

  private enqueue(delivery: Delivery): void {
    this.waiting.push(delivery);
    this.pump();
  }

  private pump(): void {
    while (!this.draining && this.running.size < LANES) {
      const delivery = this.waiting.shift();
      if (!delivery) return;
      const lane = this.work(delivery).finally(() => {
        this.running.delete(lane);
        this.pump();
      });
      this.running.add(lane);
    }
  }

  private async work(delivery: Delivery): Promise<void> {
    try {
      await this.dispatch(delivery);
      this.attempts.delete(delivery.guid);
    } catch (error) {
      await this.failed(delivery, error).catch((cause: unknown) => {
        this.attempts.delete(delivery.guid);
        this.options.log.error({ guid: delivery.guid, err: cause }, "the inbox failed; the delivery is replayed at the next start");
      });
    }
  }

  private async dispatch(delivery: Delivery): Promise<void> {
    await this.options.receive({ id: delivery.guid, name: delivery.event, payload: payloadOf(delivery) });
    await this.options.inbox.done(delivery.guid);
  }

  private async failed(delivery: Delivery, error: unknown): Promise<void> {
    const { guid, event } = delivery;
    const attempt = (this.attempts.get(guid) ?? 0) + 1;
    if (await this.options.inbox.failed(guid, messageOf(error), ATTEMPTS)) {
      this.attempts.set(guid, attempt);
      this.options.log.warn({ guid, event, attempt, reason: messageOf(error) }, "a delivery failed; it will be tried again");
      this.options.later(backoffMs(attempt, this.options.random()), () => this.enqueue(delivery));
    } else {
      this.attempts.delete(guid);
      this.options.log.error({ guid, event, reason: messageOf(error) }, "a delivery failed for good");
    }
  }
}

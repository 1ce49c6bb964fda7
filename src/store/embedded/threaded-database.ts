import { Worker } from "node:worker_threads";
import type { EmbeddedDatabase } from "./database.js";
import { type Answered, type Question, type Reply, type Started, type ThreadData, untell } from "./thread-messages.js";

const THREAD = new URL("../../../dist/store/embedded/database-thread.js", import.meta.url);

interface Waiting {
  readonly resolve: (answer: Answered) => void;
  readonly reject: (error: Error) => void;
}

/** As PostgreSQL would say it: nothing may be asked of this database any more. */
const ended = (why: string): Error => Object.assign(new Error(why), { severity: "FATAL" });

/** PGlite on a thread of its own: a long statement holds up neither webhooks nor the lock's heartbeat. */
class ThreadedDatabase implements EmbeddedDatabase {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended: Error | null = null;

  constructor(thread: Worker) {
    this.#thread = thread;
    thread.on("message", (reply: Reply) => this.#settle(reply));
    thread.on("error", (error) => this.#end(ended(`its thread failed (${error.message})`)));
    thread.on("exit", () => this.#end(ended("its thread ended")));
    thread.unref();
  }

  query<R>(sql: string, parameters: unknown[]): Promise<{ rows: R[]; affectedRows: number | undefined }> {
    return this.#ask((id) => ({ id, sql, parameters }));
  }

  async close(): Promise<void> {
    await this.#ask((id) => ({ id, close: true }));
    await this.abandon();
  }

  async abandon(): Promise<void> {
    await this.#thread.terminate();
  }

  #ask(question: (id: number) => Question): Promise<Answered> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      // Before it is kept: what cannot be cloned is refused here.
      this.#thread.postMessage(question(id));
      this.#waiting.set(id, { resolve, reject });
      this.#thread.ref();
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    // A process whose work is done may end, and not while an answer is still to come.
    if (this.#waiting.size === 0) this.#thread.unref();
    if ("error" in reply) waiting?.reject(untell(reply.error));
    else waiting?.resolve(reply);
  }

  #end(why: Error): void {
    this.#ended ??= why;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

const startOf = (thread: Worker): Promise<Started> =>
  new Promise((resolve, reject) => {
    thread.once("message", resolve).once("error", reject);
    thread.once("exit", () => reject(ended("its thread ended")));
  });

/** Starts PGlite on the directory, which is made when missing. @throws Error with PostgreSQL's words */
export async function openThreaded(directory: string, amcheck = false): Promise<EmbeddedDatabase> {
  const data: ThreadData = { directory, amcheck };
  const thread = new Worker(THREAD, { workerData: data });
  const started = await startOf(thread);
  if (started.started) return new ThreadedDatabase(thread);
  await thread.terminate();
  throw untell(started.error);
}

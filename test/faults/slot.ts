import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Armed, kindOf, type Point, pointsOf } from "./points.js";
import { type Program, type ProgramSettings, startProgram } from "./program.js";
import { type Answer, forward, give, listen, type Passing } from "./relay.js";

export interface SlotOptions {
  readonly settings: Omit<ProgramSettings, "apiUrl">;
  /** Port of GitHub's API. */
  readonly api: number;
  readonly armed: Armed;
  /** How long a dead process stays dead, in milliseconds. */
  downMs(): number;
}

/** One App process, its way to GitHub, and its deaths. Whatever is killed is started again, until the slot is closed. */
export class Slot {
  readonly #options: SlotOptions;
  #program: Program | null = null;
  #close: () => void = () => undefined;
  #apiUrl = "";
  #closing = false;
  #rising: Promise<void> = Promise.resolve();

  private constructor(options: SlotOptions) {
    this.#options = options;
  }

  static async open(options: SlotOptions): Promise<Slot> {
    const slot = new Slot(options);
    const { port, close } = await listen((passing, response) => slot.#relay(passing, response));
    slot.#close = close;
    slot.#apiUrl = `http://127.0.0.1:${port}/api/v3`;
    await slot.#start();
    return slot;
  }

  get port(): number | null {
    return this.#program?.port ?? null;
  }

  /** SIGKILL now, and a new start after a while. */
  kill(): void {
    const program = this.#program;
    if (program === null) return;
    this.#program = null;
    program.child.kill("SIGKILL");
    this.#rising = program.exited.then(() => sleep(this.#options.downMs())).then(() => this.#start());
    this.#rising.catch((error: unknown) => this.#options.settings.complain(String(error)));
  }

  /** Resolves when a process is up. */
  risen(): Promise<void> {
    return this.#rising;
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#rising.catch(() => undefined);
    this.#program?.child.kill("SIGKILL");
    await this.#program?.exited;
    this.#close();
  }

  async #start(): Promise<void> {
    if (this.#closing) return;
    this.#program = await startProgram({ ...this.#options.settings, apiUrl: this.#apiUrl });
  }

  async #relay(passing: Passing, response: ServerResponse): Promise<void> {
    const { armed, api } = this.#options;
    const { before, after, done } = pointsOf(kindOf(passing));
    if (armed.strikes(before)) return this.#die(response);
    const answer = await this.#ask(api, passing, response);
    if (answer.status >= 200 && answer.status < 300 && armed.strikes(after)) return this.#die(response);
    give(response, answer);
    if (answer.status < 300 && done !== null && armed.isArmed(done)) await this.#dieAfter(response, done);
  }

  /** Ends the question when the App does not wait any longer. */
  #ask(api: number, passing: Passing, response: ServerResponse): Promise<Answer> {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    return forward(api, passing, { signal: gone.signal });
  }

  #die(response: ServerResponse): void {
    this.kill();
    response.destroy();
  }

  /** Once the answer has left for the App. */
  async #dieAfter(response: ServerResponse, done: Point): Promise<void> {
    if (!response.writableFinished) await new Promise((resolve) => response.once("finish", resolve).once("close", resolve));
    if (this.#options.armed.strikes(done)) this.kill();
  }
}

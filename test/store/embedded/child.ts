import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A process of its own that runs one of the programs beside this file on dist/. */
export class Child {
  readonly lines: string[] = [];
  readonly process: ChildProcess;
  readonly #ended: Promise<void>;
  #arrived: () => void = () => {};

  constructor(program: string, ...parameters: string[]) {
    // A bench is compiled into build/, where the programs are not.
    const file = fileURLToPath(new URL(program, import.meta.url)).replace("/build/test/", "/test/");
    // PGlite is up in half the time when its code is not optimised as well.
    const child = spawn(process.execPath, ["--liftoff-only", file, ...parameters], { stdio: ["ignore", "pipe", "inherit"] });
    this.process = child;
    const output = createInterface({ input: child.stdout }).on("line", (line) => {
      this.lines.push(line);
      this.#arrived();
    });
    this.#ended = new Promise((resolve) => output.once("close", () => resolve()));
  }

  /** Resolves with the line once the condition holds for the newest one; rejects when the program ends before. */
  async line(condition: (line: string) => boolean): Promise<string> {
    let over = false;
    this.#ended.then(() => {
      over = true;
      this.#arrived();
    });
    for (;;) {
      const found = this.lines.find(condition);
      if (found !== undefined) return found;
      if (over) throw new Error(`the program ended after: ${this.lines.slice(-3).join("; ")}`);
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  /** SIGKILL, and resolves when everything that it had written was read. */
  async kill(): Promise<void> {
    const exited = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill("SIGKILL");
      await exited;
    }
    await this.#ended;
  }
}

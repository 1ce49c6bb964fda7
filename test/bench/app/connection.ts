import { connect, type Socket } from "node:net";
import { headersOf, type Signed } from "./deliveries.js";
import { webhookPath } from "./process.js";

/** An answer that is there as a whole: its status, and how long it is. Null while more is to come. */
function answered(text: string): { readonly status: number; readonly length: number } | null {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = text.slice(0, end);
  const body = Number(/^content-length: (\d+)\r?$/im.exec(head)?.[1] ?? Number.NaN);
  const last = Number.isNaN(body) ? text.indexOf("0\r\n\r\n", end + 4) + 5 : end + 4 + body;
  return last < end + 4 || text.length < last ? null : { status: Number(head.slice(9, 12)), length: last };
}

/**
 * One connection, which asks anew when it has its answer. Written on the socket itself: Node's client takes as much time
 * for a request as the App does, and both would share two cores.
 */
export class Connection {
  readonly #socket: Socket;
  #received = "";
  #resolve: (status: number) => void = () => undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (chunk) => this.#read(chunk.toString("latin1")));
    this.#socket.on("error", () => this.#resolve(0)).on("close", () => this.#resolve(0));
  }

  /** Resolves with the answer's status, 0 where the connection broke. */
  send(signed: Signed): Promise<number> {
    const headers = Object.entries({ host: "127.0.0.1", ...headersOf(signed) }).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#socket.cork();
      this.#socket.write(`POST ${webhookPath} HTTP/1.1\r\n${headers.join("")}\r\n`, "latin1");
      this.#socket.write(signed.body);
      this.#socket.uncork();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(text: string): void {
    this.#received += text;
    const answer = answered(this.#received);
    if (answer === null) return;
    this.#received = this.#received.slice(answer.length);
    this.#resolve(answer.status);
  }
}

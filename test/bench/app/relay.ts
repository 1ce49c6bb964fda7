import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request that went through, by performance.now(). */
export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly begun: number;
  readonly ended: number;
}

/** Stands between two programs and knows when what went through. */
export interface Relay {
  readonly address: string;
  /** What went through since it was asked last. */
  taken(): readonly Passed[];
  close(): void;
}

const agent = new Agent({ keepAlive: true });

function pass(target: URL, incoming: IncomingMessage, response: ServerResponse, ended: () => void): void {
  const { method, headers, url = "/" } = incoming;
  const path = `${target.pathname.replace(/\/$/, "")}${url}`;
  const onward = request({ host: target.hostname, port: target.port, path, method, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.on("end", ended);
  });
  onward.on("error", () => response.destroy());
  incoming.pipe(onward);
}

/** A relay to that address. */
export async function startRelay(to: string): Promise<Relay> {
  const target = new URL(to);
  let passed: Passed[] = [];
  const server: Server = createServer((incoming, response) => {
    const begun = performance.now();
    const { method = "", url: path = "" } = incoming;
    pass(target, incoming, response, () => passed.push({ method, path, begun, ended: performance.now() }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken() {
      const taken = passed;
      passed = [];
      return taken.toSorted((one, other) => one.begun - other.begun);
    },
    close: () => server.close(),
  };
}

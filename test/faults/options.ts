import { parseArgs } from "node:util";

/** Which App is driven: ours, or one as Probot's documentation teaches it. */
export type Kind = "redline" | "plain";
export type Engine = "postgres" | "embedded";

export interface RunOptions {
  readonly kind: Kind;
  readonly engine: Engine;
  readonly seed: string;
  readonly processes: number;
  /** Acts go on until GitHub has made so many deliveries… */
  readonly deliveries: number;
  /** …and so many processes were killed, but not longer than this. */
  readonly kills: number;
  readonly minutes: number;
  /** Share of API calls that go wrong. */
  readonly faults: number;
  /** How far reads lag behind, in milliseconds. */
  readonly staleMs: number;
  readonly dropped: number;
  readonly duplicated: number;
  /** Repositories and the pull requests of each. */
  readonly repositories: number;
  readonly pulls: number;
  /** How long everything may take to come to rest, in seconds. */
  readonly restSeconds: number;
  /** A write that opens a gate so soon after its reason ended is counted by itself: the App need not have heard of it. */
  readonly graceMs: number;
  /** A folder for what GitHub saw. */
  readonly trace?: string;
  say(line: string): void;
}

export interface CommandLine extends RunOptions {
  readonly kinds: readonly Kind[];
  readonly write: boolean;
  /** The Apps are driven at the same time. */
  readonly together: boolean;
}

const definitions = {
  app: { type: "string", default: "redline,plain" },
  store: { type: "string", default: "postgres" },
  seed: { type: "string", default: "1" },
  processes: { type: "string", default: "2" },
  deliveries: { type: "string", default: "10000" },
  kills: { type: "string", default: "100" },
  minutes: { type: "string", default: "12" },
  faults: { type: "string", default: "0.2" },
  stale: { type: "string", default: "2000" },
  dropped: { type: "string", default: "0.05" },
  duplicated: { type: "string", default: "0.05" },
  repositories: { type: "string", default: "10" },
  pulls: { type: "string", default: "10" },
  rest: { type: "string", default: "600" },
  trace: { type: "string" },
  together: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
} as const;

const kindOf = (name: string): Kind => (name === "plain" ? "plain" : "redline");

/** Reads the arguments of `npm run test:faults`. */
export function readOptions(args: readonly string[]): CommandLine {
  const { values } = parseArgs({ args: [...args], options: definitions });
  const kinds = values.app.split(",").map(kindOf);
  return {
    kinds,
    kind: kinds[0] ?? "redline",
    engine: values.store === "embedded" ? "embedded" : "postgres",
    seed: values.seed,
    processes: values.store === "embedded" ? 1 : Number(values.processes),
    deliveries: Number(values.deliveries),
    kills: Number(values.kills),
    minutes: Number(values.minutes),
    faults: Number(values.faults),
    staleMs: Number(values.stale),
    dropped: Number(values.dropped),
    duplicated: Number(values.duplicated),
    repositories: Number(values.repositories),
    pulls: Number(values.pulls),
    restSeconds: Number(values.rest),
    graceMs: 15_000,
    ...(values.trace !== undefined && { trace: values.trace }),
    write: values.write,
    together: values.together,
    say: (line) => process.stdout.write(`${line}\n`),
  };
}

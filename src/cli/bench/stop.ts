const NUMBERS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
type Stopping = keyof typeof NUMBERS;

/** Whether somebody asked Redline to stop. */
export interface Stop {
  readonly signal: AbortSignal;
  /** Exit code by convention of shells, 128 and the signal's number; null while nobody asked. */
  exit(): number | null;
  release(): void;
}

/** Listens until released. The first signal is a request, the second ends the process at once. */
export function listenForStop(): Stop {
  const controller = new AbortController();
  let exit: number | null = null;
  const asked = (signal: NodeJS.Signals): void => {
    const code = 128 + (signal === "SIGINT" || signal === "SIGTERM" || signal === "SIGHUP" ? NUMBERS[signal] : 0);
    if (exit !== null) process.exit(code);
    exit = code;
    controller.abort();
  };
  const signals: readonly Stopping[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, asked);
  return {
    signal: controller.signal,
    exit: () => exit,
    release: () => {
      for (const signal of signals) process.off(signal, asked);
    },
  };
}

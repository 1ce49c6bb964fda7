export interface Alarm {
  wait(ms: number): Promise<void>;
  ring(): void;
}

/** A sleep that `ring` ends early. */
export function alarm(): Alarm {
  const sleepers = new Set<() => void>();
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          sleepers.delete(done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        sleepers.add(done);
      }),
    ring: () => {
      for (const done of [...sleepers]) done();
    },
  };
}

import { defineConfig } from "vitest/config";

/** Files of these folders keep nothing behind: they share a module graph, which loads it once for each worker. */
const SHARED = [
  ...["bench", "checkout", "cli", "config", "demo", "end-to-end", "eval", "events", "evidence", "formats", "github", "github-double"],
  ...["model", "report", "review", "rules", "sandbox", "source", "sql", "statistics", "web", "worker"],
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ["test/global-setup.ts"],
    setupFiles: ["test/setup.ts"],
    maxWorkers: 2,
    // Its optimising compiler costs more than it brings to WebAssembly that runs for seconds only.
    execArgv: ["--liftoff-only"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A busy machine may take its time; a short interval costs nothing.
    expect: { poll: { timeout: 60_000, interval: 20 } },
    projects: [
      { extends: true, test: { name: "sharing modules", include: SHARED, isolate: false } },
      { extends: true, test: { name: "all others", include: ["test/**/*.test.ts"], exclude: SHARED } },
    ],
  },
});

import { defineConfig } from "vitest/config";

/** Files of these folders start no server and keep no state: they share a module graph, which loads it once for each worker. */
const PURE = ["config", "evidence", "formats", "model", "report", "rules", "source", "sql", "statistics"].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    globalSetup: ["test/global-setup.ts"],
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: "pure", include: PURE, isolate: false } },
      { extends: true, test: { name: "all others", include: ["test/**/*.test.ts"], exclude: PURE } },
    ],
  },
});

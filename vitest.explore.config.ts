import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import whole from "./vitest.config.js";

const properties = readdirSync("test", { recursive: true, encoding: "utf8" })
  .map((path) => `test/${path}`)
  .filter((path) => path.endsWith(".test.ts") && readFileSync(path, "utf8").includes('from "fast-check"'));

/** The files with properties, on inputs that nobody has seen: a failure names its seed, which `fc.assert` takes to repeat it. */
export default defineConfig({ test: { ...whole.test, setupFiles: [], include: properties } });

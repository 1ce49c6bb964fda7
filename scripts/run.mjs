// Runs a TypeScript program of the repository, such as the evaluation: node scripts/run.mjs test/eval/main.ts ARGS
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [program, ...args] = process.argv.slice(2);
const compiler = join(root, "node_modules/typescript/bin/tsc");
execFileSync(process.execPath, [compiler, "-p", join(root, "tsconfig.tools.json"), "--noCheck"], { stdio: "inherit" });
// Whoever starts a child process looks for it in dist/, beside src/, and lets it read that, package.json and packages only.
cpSync(join(root, "src/store/migrations"), join(root, "build/src/store/migrations"), { recursive: true });
rmSync(join(root, "build/dist"), { recursive: true, force: true });
cpSync(join(root, "build/src"), join(root, "build/dist"), { recursive: true });
cpSync(join(root, "package.json"), join(root, "build/package.json"));
// The local GitHub is JavaScript as it stands.
cpSync(join(root, "test/github-double"), join(root, "build/test/github-double"), {
  recursive: true,
  filter: (path) => !path.endsWith(".ts"),
});
const compiled = join(root, "build", program.replace(/\.ts$/, ".js"));
process.argv.splice(1, process.argv.length, compiled, ...args);
await import(pathToFileURL(compiled).href);

import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { describeConfiguration, exampleConfiguration } from "../config/describe.js";
import { CONFIGURATION_PATH } from "../config/file.js";
import { loadConfigurationFile } from "../config/loader.js";
import { parseConfiguration } from "../config/parse.js";
import { formats } from "../formats/registry.js";
import { isRule } from "../rules/registry.js";
import { problemLine } from "./terminal.js";
import { EXIT, UsageError } from "./usage.js";

async function check(file: string): Promise<number> {
  const loaded = await loadConfigurationFile(file);
  const parsed = "text" in loaded ? parseConfiguration(loaded.text, file) : { problems: [loaded.problem] };
  if ("config" in parsed) {
    const unknown = Object.keys(parsed.config.rules).filter((id) => !isRule(id));
    if (unknown.length > 0) throw new UsageError(`${file}: there is no rule ${unknown.join(", ")}; docs/rules lists the ids`);
    const strange = Object.values(parsed.config.formats ?? {}).filter((named) => !formats.some(({ id }) => id === named));
    if (strange.length > 0) throw new UsageError(`${file}: there is no format ${strange.join(", ")}; docs/formats lists the ids`);
    process.stdout.write(`${describeConfiguration(parsed.config)}\n`);
    return EXIT.open;
  }
  for (const problem of parsed.problems) process.stderr.write(`redline: ${problemLine(problem)}\n`);
  return EXIT.usage;
}

async function init(file: string): Promise<number> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, exampleConfiguration(), { flag: "wx" }).catch((error: unknown) => {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    const why = exists ? "it exists already; edit it, or name another file" : error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} was not written: ${why}`);
  });
  process.stdout.write(`wrote ${file}; edit it, then run redline config check ${file}\n`);
  return EXIT.open;
}

/** `redline config check|init [FILE]`. */
export async function config(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [action, file = CONFIGURATION_PATH, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`redline config ${action} takes one file, and ${more.join(", ")} would be left out`);
  if (action === "check") return check(file);
  if (action === "init") return init(file);
  throw new UsageError("write redline config check [FILE] or redline config init [FILE]");
}

import { UsageError } from "../usage.js";
import { checkCommand } from "./check.js";
import { exportCommand } from "./export.js";
import { importCommand } from "./import.js";

const actions: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  export: exportCommand,
  import: importCommand,
  check: checkCommand,
};

/** `redline store export|import|check`. */
export async function store(args: readonly string[]): Promise<number> {
  const [action = "", ...rest] = args;
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (run === undefined) throw new UsageError("write redline store export, import or check; redline store --help says more");
  return run(rest);
}

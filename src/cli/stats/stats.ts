import { UsageError } from "../usage.js";
import { exportStatistics } from "./export.js";

/** `redline stats export`, the only thing there is to do with statistics. */
export async function stats(args: readonly string[]): Promise<number> {
  const [action, ...rest] = args;
  if (action !== "export") throw new UsageError("write redline stats export DATABASE_URL; redline stats --help says more");
  return exportStatistics(rest);
}

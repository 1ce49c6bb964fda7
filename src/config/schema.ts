import type { z } from "zod";
import type { Config } from "./config.js";
import { benchmarks } from "./sections/benchmarks.js";
import { checklist } from "./sections/checklist.js";
import { critical } from "./sections/critical.js";
import { database } from "./sections/database.js";
import { endpoints } from "./sections/endpoints.js";
import { evidence } from "./sections/evidence.js";
import { formats } from "./sections/formats.js";
import { onBudgetExceed } from "./sections/on-budget-exceed.js";
import { override } from "./sections/override.js";
import { paths } from "./sections/paths.js";
import { rules } from "./sections/rules.js";
import { runtime } from "./sections/runtime.js";
import { alerts, slos } from "./sections/slos.js";
import { choice, section } from "./values.js";

const mode = choice(["blocking", "advisory"])
  .optional()
  .describe("Whether the check can close the merge gate. Without it: blocking exactly when `block_merge` is true.");

/** The file as people write it: snake_case, quantities with units. Its output is the {@link Config}. */
export const configuration: z.ZodType<Config> = section({
  mode,
  endpoints,
  on_budget_exceed: onBudgetExceed,
  benchmarks,
  evidence,
  override,
  rules,
  database,
  runtime,
  paths,
  critical,
  checklist,
  slos,
  alerts,
  formats,
}).transform(({ mode: given, on_budget_exceed: exceed, ...rest }) => ({
  ...rest,
  mode: given ?? (exceed.blockMerge ? "blocking" : "advisory"),
  onBudgetExceed: exceed,
}));

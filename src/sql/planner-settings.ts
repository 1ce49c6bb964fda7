/** How a setting's value is written. */
type Kind = "number" | "size" | "switch";

/**
 * The settings that move a plan and nothing else. `max_parallel_workers_per_gather` is not among them: the planner that
 * plans here has no workers, and leaves that at 0.
 */
const SETTINGS: Readonly<Record<string, Kind>> = {
  seq_page_cost: "number",
  random_page_cost: "number",
  cpu_tuple_cost: "number",
  cpu_index_tuple_cost: "number",
  cpu_operator_cost: "number",
  effective_cache_size: "size",
  work_mem: "size",
  hash_mem_multiplier: "number",
  jit: "switch",
  default_statistics_target: "number",
  join_collapse_limit: "number",
  from_collapse_limit: "number",
  enable_partitionwise_join: "switch",
  enable_partitionwise_aggregate: "switch",
};

const SHAPES: Readonly<Record<Kind, RegExp>> = {
  number: /^\d{1,9}(?:\.\d{1,9})?$/,
  size: /^\d{1,12}\s?(?:B|kB|MB|GB|TB)?$/,
  switch: /^(?:on|off|true|false|0|1)$/,
};

/** Joins of more tables than this are not searched through in a second, whatever the file says. */
const COLLAPSE_LIMIT = 20;

/** Names of the planner settings that a statistics file carries, in the order in which they are exported. */
export const plannerSettings: readonly string[] = Object.keys(SETTINGS);

/** The value of a planner setting as it is to be set; null when the name or the value is none. */
export function plannerSetting(name: string, value: string): string | null {
  const kind = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (kind === undefined || !SHAPES[kind].test(value)) return null;
  return name.endsWith("_collapse_limit") ? String(Math.min(Number(value), COLLAPSE_LIMIT)) : value;
}

// What pg_dump puts at the head of every file: settings of the session that reads it, without a word about plans.
const SESSION: ReadonlySet<string> = new Set([
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
  "transaction_timeout",
  "client_encoding",
  "standard_conforming_strings",
  "check_function_bodies",
  "xmloption",
  "client_min_messages",
  "row_security",
]);

/** True for a setting of pg_dump's that has no effect on plans. */
export const isSessionSetting = (name: string): boolean => SESSION.has(name);

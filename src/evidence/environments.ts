import type { Environment } from "../model/measurement.js";

const fields = ["cpu", "cores", "arch", "os", "runtime"] as const satisfies readonly (keyof Environment)[];

/** What is known of both machines and differs; a field that one side does not state is no difference. */
export function environmentDifferences(
  left: Environment | null | undefined,
  right: Environment | null | undefined,
): readonly (keyof Environment)[] {
  if (!left || !right) return [];
  return fields.filter((field) => left[field] !== undefined && right[field] !== undefined && left[field] !== right[field]);
}

import type { Text } from "./text.js";

/** Absence is a value with a reason, never a tick. */
export type Collected<T> = { readonly status: "collected"; readonly value: T } | { readonly status: "absent"; readonly reason: Text };

import type { EndpointFigures } from "./load-run.js";

/** Failed requests of a vegeta run by its status codes. Vegeta succeeds with 200 to 399; `0` stands for no HTTP answer. */
export function failuresIn(byStatus: Readonly<Record<string, number>>, requests: number): Pick<EndpointFigures, "failed" | "byStatus"> {
  const good = Object.entries(byStatus).filter(([status]) => /^[23]\d\d$/.test(status));
  const succeeded = good.reduce((sum, [, times]) => sum + times, 0);
  return { failed: Math.max(0, requests - succeeded), byStatus };
}

import { z } from "zod";

const word = z.string().optional().catch(undefined);

/** One metric as JMH writes it: its own benchmark, a method of a group, or what a profiler counts. */
const metric = z.looseObject({
  scoreUnit: z.string(),
  scorePercentiles: z.record(z.string(), z.unknown()).optional().catch(undefined),
  /** Iterations of each fork; absent in mode `sample`. */
  rawData: z.array(z.array(z.unknown())).optional().catch(undefined),
  /** Of mode `sample`: of each fork and iteration, pairs of time and count. */
  rawDataHistogram: z
    .array(z.array(z.array(z.unknown())))
    .optional()
    .catch(undefined),
});
export type JmhMetric = z.infer<typeof metric>;

const entry = z.looseObject({
  benchmark: z.string(),
  mode: z.string(),
  threads: z.number().optional().catch(undefined),
  params: z.record(z.string(), z.unknown()).optional().catch(undefined),
  jmhVersion: word,
  jdkVersion: word,
  vmName: word,
  vmVersion: word,
  primaryMetric: metric,
  secondaryMetrics: z.record(z.string(), metric).optional().catch(undefined),
});
export type JmhEntry = z.infer<typeof entry>;

/** The array that `-rf json` writes. */
export const jmhFile = z.array(entry);

import { z } from "zod";

const word = z.string().optional().catch(undefined);

/** Text, or the lazily computed text of older versions. */
const lazyWord = z
  .union([z.string(), z.looseObject({ Value: z.string() }).transform(({ Value }) => Value)])
  .optional()
  .catch(undefined);

/** Older versions write frequency objects, newer ones plain text; only what is read is named. */
export const host = z.looseObject({
  BenchmarkDotNetVersion: word,
  OsVersion: word,
  ProcessorName: lazyWord,
  LogicalCoreCount: z.number().optional().catch(undefined),
  RuntimeVersion: word,
  Architecture: word,
});

const entry = z.looseObject({
  DisplayInfo: word,
  Namespace: word,
  Type: word,
  Method: word,
  MethodTitle: word,
  Parameters: word,
  FullName: word,
  Statistics: z
    .looseObject({ OriginalValues: z.array(z.unknown()).optional().catch(undefined) })
    .nullable()
    .optional()
    .catch(undefined),
  Memory: z.looseObject({ BytesAllocatedPerOperation: z.unknown().optional() }).nullable().optional().catch(undefined),
  Metrics: z.array(z.unknown()).optional().catch(undefined),
  Measurements: z.array(z.unknown()).optional().catch(undefined),
});
export type DotNetEntry = z.infer<typeof entry>;

/** `*-report-full.json` and `*-report-brief.json`. */
export const dotNetFile = z.looseObject({ HostEnvironmentInfo: host.optional().catch(undefined), Benchmarks: z.array(entry) });

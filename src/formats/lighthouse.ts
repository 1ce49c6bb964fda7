import { z } from "zod";
import type { Environment, Measurement, ParsedRun, Problem, ResultFormat, Unit } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { environmentOf } from "./micro.js";

const id = "lighthouse";
const title = "Lighthouse report";

/** What is measured of a page, by the id of its audit; version 5 does not state the units. */
const AUDITS: ReadonlyMap<string, { readonly unit: Unit; readonly scale: number; readonly resolution?: number }> = new Map([
  ["first-contentful-paint", { unit: "s", scale: 1e-3 }],
  ["largest-contentful-paint", { unit: "s", scale: 1e-3 }],
  // The sum of what tasks take beyond 50 ms: the one time of which 0 is a good figure.
  ["total-blocking-time", { unit: "s", scale: 1e-3, resolution: 1e-3 }],
  ["speed-index", { unit: "s", scale: 1e-3 }],
  ["interactive", { unit: "s", scale: 1e-3 }],
  ["cumulative-layout-shift", { unit: "1", scale: 1 }],
  ["total-byte-weight", { unit: "B", scale: 1 }],
]);

const word = z.string().optional().catch(undefined);
const audit = z.looseObject({});
const report = z.looseObject({
  lighthouseVersion: z.string(),
  requestedUrl: word,
  finalUrl: word,
  finalDisplayedUrl: word,
  runtimeError: z.looseObject({ code: word, message: word }).nullish().catch(undefined),
  environment: z.looseObject({ benchmarkIndex: z.number().optional().catch(undefined), hostUserAgent: word }).catch({}),
  configSettings: z.looseObject({ formFactor: word, emulatedFormFactor: word }).catch({}),
  categories: z.looseObject({ performance: z.looseObject({ score: z.unknown() }).optional().catch(undefined) }).catch({}),
  audits: z.record(z.string(), audit.catch({})),
});
type Report = z.infer<typeof report>;

const isReport = (value: unknown): boolean => typeof fields(value).lighthouseVersion === "string";

const recognizes = (head: Uint8Array): boolean => {
  const value = peek(head);
  return isReport(value) || isReport(fields(value).lighthouseResult);
};

/** The page as asked for, and the device that was played: the same page on a phone is another benchmark. */
function pageOf({ requestedUrl, finalDisplayedUrl, finalUrl, configSettings }: Report): string {
  const url = requestedUrl ?? finalDisplayedUrl ?? finalUrl ?? "the page";
  return `${url} (${configSettings.formFactor ?? configSettings.emulatedFormFactor ?? "unknown form factor"})`;
}

/** `no error` was the code of a report without one before version 10. */
function whyNothing({ runtimeError, categories }: Report): Text | undefined {
  const { code, message } = runtimeError ?? {};
  if (code !== undefined && code !== "NO_ERROR") return text`the page was not measured: ${message ?? code}`;
  if (categories.performance === undefined) return text`the report has no performance category`;
  return categories.performance.score === null ? text`the page got no performance score, because an audit of it failed` : undefined;
}

function measurements(page: Report): readonly Measurement[] {
  const series = { benchmark: pageOf(page), statistic: "value", n: 1 } as const;
  const audited = [...AUDITS].flatMap(([metric, { unit, scale, resolution }]): Measurement[] => {
    const found = page.audits[metric];
    if (found === undefined) return [];
    const value = numeric(found.numericValue ?? found.rawValue) * scale;
    return [{ ...series, metric, unit, better: "lower", value, ...(resolution === undefined ? {} : { resolution }) }];
  });
  const score = numeric(page.categories.performance?.score) * 100;
  return [...audited, { ...series, metric: "performance-score", unit: "1", better: "higher", value: score }];
}

const ONE_LOAD: Problem = {
  level: "warning",
  code: "single-sample",
  message: text`one page load is one sample, and the next one may differ by half`,
  remedy: text`load the page three times or more, and give every report`,
};

const STEP = 500;

/**
 * benchmarkIndex is Lighthouse's own measure of the processor, and moves with whatever else the machine does: in
 * steps of 500 it tells machines apart that are far from each other. Versions decide what the figures mean.
 */
function machine({ environment, lighthouseVersion }: Report): Environment {
  const { benchmarkIndex: index, hostUserAgent = "" } = environment;
  const chrome = /Chrome\/(\d{1,5})/.exec(hostUserAgent)?.[1];
  const runtime = [`Lighthouse ${lighthouseVersion.split(".")[0]}`, ...(chrome === undefined ? [] : [`Chrome ${chrome}`])].join(", ");
  const cpu = index === undefined ? undefined : `benchmarkIndex ~${Math.max(1, Math.round(index / STEP)) * STEP}`;
  return environmentOf({ cpu, runtime });
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const value = await readJson(chunks);
  const page = shaped(report, isReport(value) ? value : fields(value).lighthouseResult, title);
  const about = { format: id, tool: `Lighthouse ${page.lighthouseVersion}`, environment: machine(page) };
  const noData = whyNothing(page);
  if (noData !== undefined) return { ...about, measurements: [], noData, problems: [] };
  return { ...about, measurements: measurements(page), problems: [ONE_LOAD] };
}

export const lighthouse: ResultFormat = { id, title, recognizes, parse };

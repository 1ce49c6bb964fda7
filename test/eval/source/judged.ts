import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const finding = z.object({
  repository: z.string(),
  commit: z.string(),
  path: z.string(),
  line: z.number(),
  rule: z.string(),
});

export const VERDICTS = ["right", "benign", "wrong"] as const;
const verdict = z.enum(VERDICTS);
const judgedFinding = finding.extend({ verdict, why: z.string().optional() });
export type Judged = z.infer<typeof judgedFinding>;

/** `right`: a reviewer would be right to ask. `benign`: what it says is so, and harmless. `wrong`: it is not so. */
export type Verdict = z.infer<typeof verdict>;

const run = z.object({
  name: z.string(),
  /** `commits`: what each commit changed. `tree`: all files of the newest commit, as if they were new. */
  of: z.enum(["commits", "tree"]),
  figures: z.array(
    z.object({
      repository: z.string(),
      commits: z.number(),
      files: z.number(),
      lines: z.number(),
      skipped: z.number(),
      questions: z.number(),
      /** Changes with at least one warning or notice. */
      changes: z.number(),
    }),
  ),
  /** Warnings and notices; questions are only counted. */
  findings: z.array(finding.extend({ severity: z.string() })),
});

/** What one version of the rules said of the histories, without the code that it was said of. */
export type Run = z.infer<typeof run>;
export type RecordedFinding = Run["findings"][number];

const keyOf = ({ repository, commit, path, line, rule }: z.infer<typeof finding>): string =>
  JSON.stringify([repository, commit, path, line, rule]);

const byNumber = (one: string, other: string): number => Number.parseInt(one, 10) - Number.parseInt(other, 10) || one.localeCompare(other);

/** The runs that are kept in a folder, and what whoever read the findings said of each. */
export function readRuns(folder: string): {
  readonly runs: readonly Run[];
  readonly judged: readonly Judged[];
  readonly verdictOf: (found: RecordedFinding) => Verdict | null;
  /** One sentence, where one was written down. */
  readonly whyOf: (found: RecordedFinding) => string;
} {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const verdicts = z.array(judgedFinding).parse(read("verdicts.json"));
  const known = new Map(verdicts.map((one) => [keyOf(one), one]));
  const files = readdirSync(folder).filter((name) => name.endsWith(".generated.json"));
  return {
    runs: files.sort(byNumber).map((name) => run.parse(read(name))),
    judged: verdicts,
    verdictOf: (found) => known.get(keyOf(found))?.verdict ?? null,
    whyOf: (found) => known.get(keyOf(found))?.why ?? "",
  };
}

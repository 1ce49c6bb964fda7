import { type Judged, VERDICTS } from "./judged.js";

interface Said {
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly severity: string;
}

const keyOf = ({ repository, commit, path, line, rule }: Omit<Said, "severity">): string =>
  JSON.stringify([repository, commit, path, line, rule]);

const loudness = (found: Said | undefined): "warned" | "asked" | "silent" => {
  if (!found) return "silent";
  return found.severity === "warning" || found.severity === "notice" ? "warned" : "asked";
};

/** What the rules as they are say of the findings that were judged before, by verdict: a gate is not to lose the right ones. */
export function stillSaid(judged: readonly Judged[], findings: readonly Said[]): readonly string[] {
  const said = new Map(findings.map((found) => [keyOf(found), found]));
  const run = new Set(findings.map(({ repository, commit }) => `${repository} ${commit}`));
  const again = judged.filter(({ repository, commit }) => run.has(`${repository} ${commit}`));
  return VERDICTS.map((verdict) => {
    const of = again.filter((one) => one.verdict === verdict).map((one) => loudness(said.get(keyOf(one))));
    const count = (wanted: string): number => of.filter((one) => one === wanted).length;
    return `${of.length} judged ${verdict}: ${count("warned")} warned of, ${count("asked")} asked, ${count("silent")} silent`;
  });
}

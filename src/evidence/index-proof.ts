import type { Catalogue } from "../model/catalogue.js";
import type { PlanNode, ProvenIndex, TableScan } from "../model/plan.js";
import { type Candidate, candidateDdl, candidatesFor } from "../sql/candidates.js";
import { costChange, nodesOf, RATIO } from "../sql/plan/costs.js";
import { isOrdered } from "../sql/query-kind.js";
import type { Statistics } from "../sql/statistics-file.js";
import { type Answer, ask } from "./plan-answers.js";
import type { PlannerSession } from "./planner.js";

/** A statement whose plan is dear enough to look for an index. */
export interface Suspect {
  readonly sql: string;
  readonly tree: unknown;
  readonly plan: PlanNode;
  readonly scans: readonly TableScan[];
}

/** Candidates that stand beside the schema at once: each makes every plan a little dearer to find. */
const CANDIDATES = 60;
/** How many of the new indexes in one plan are tried alone. */
const ALONE = 2;

const keyOf = ({ relation, keys }: Candidate): string => JSON.stringify([relation, keys]);

/** Every candidate once, under the number that is its place, and which of them are meant for which suspect. */
function collected(suspects: readonly Suspect[], catalogue: Catalogue) {
  const all = new Map<string, Candidate>();
  const own = suspects.map(({ tree, scans }) => candidatesFor(tree, catalogue, scans));
  // One of each in turn, so that no statement takes all the room.
  for (let turn = 0; own.some((list) => turn < list.length); turn += 1) {
    for (const candidate of own.flatMap((list) => list[turn] ?? [])) if (all.size < CANDIDATES) all.set(keyOf(candidate), candidate);
  }
  return [...all.values()];
}

/** A partition's part of a new index has a name that PostgreSQL made up: `events_2026_who_idx`. */
function candidateOf(node: PlanNode, candidates: readonly Candidate[], catalogue: Catalogue): Candidate | null {
  if (node.index === null) return null;
  const number = /^redline_candidate_(\d{1,3})$/.exec(node.index)?.[1];
  if (number !== undefined) return candidates[Number(number)] ?? null;
  if (catalogue.relations.some(({ indexes }) => indexes.some(({ name }) => name === node.index))) return null;
  return candidates.find(({ keys }) => node.index?.includes(`_${keys.join("_").slice(0, 20)}`)) ?? null;
}

const usedIn = (plan: PlanNode, candidates: readonly Candidate[], catalogue: Catalogue): readonly Candidate[] => [
  ...new Set(nodesOf(plan).flatMap((node) => candidateOf(node, candidates, catalogue) ?? [])),
];

const nameIn = (sql: string): string => /^CREATE INDEX (?:CONCURRENTLY )?("(?:[^"]|"")+"|\S+)/.exec(sql)?.[1]?.replace(/^"|"$/g, "") ?? "";

/** The plan with the names that a person would give the indexes. */
function renamed(node: PlanNode, candidates: readonly Candidate[], catalogue: Catalogue): PlanNode {
  const candidate = candidateOf(node, candidates, catalogue);
  const children = node.children.map((child) => renamed(child, candidates, catalogue));
  return { ...node, children, ...(candidate && { index: nameIn(candidate.sql) }) };
}

const gains = (suspect: Suspect, plan: PlanNode): boolean => costChange(plan, suspect.plan, isOrdered(suspect.tree)).ratio >= RATIO;

interface Proof {
  readonly used: readonly Candidate[];
  readonly plan: PlanNode;
}

const proven = ({ used: [first, ...others], plan }: Proof, all: readonly Candidate[], catalogue: Catalogue): ProvenIndex | null =>
  first
    ? {
        sql: [first, ...others].map(({ sql }) => sql).join("\n"),
        plan: renamed(plan, all, catalogue),
        relation: first.relation,
        keys: first.keys,
        purpose: first.purpose,
      }
    : null;

/**
 * For each suspect the index that makes it at least ten times cheaper on the planner, or null. All candidates stand
 * at once; the plan shows which of them it uses. Where it uses several, each of the first two is tried alone.
 */
export async function proveIndexes(
  suspects: readonly Suspect[],
  session: PlannerSession,
  statistics: Statistics,
): Promise<readonly (ProvenIndex | null)[]> {
  const catalogue = session.head;
  const candidates = collected(suspects, catalogue);
  if (candidates.length === 0) return suspects.map(() => null);
  const explain = async (chosen: ReadonlySet<Candidate>, which: readonly Suspect[]): Promise<readonly Answer[]> => {
    const ddl = candidates.flatMap((candidate, number) => (chosen.has(candidate) ? [candidateDdl(candidate, number)] : []));
    return ask(
      session,
      { side: "head", statistics, candidates: ddl },
      which.map(({ sql }) => sql),
    );
  };
  const proofOf = (suspect: Suspect, answer: Answer | undefined): Proof | null => {
    if (!answer || "failed" in answer || !gains(suspect, answer.plan)) return null;
    return { used: usedIn(answer.plan, candidates, catalogue), plan: answer.plan };
  };
  const answers = await explain(new Set(candidates), suspects);
  const proofs = suspects.map((suspect, at) => proofOf(suspect, answers[at]));
  for (let turn = 0; turn < ALONE; turn += 1) {
    const several = suspects.filter((_, at) => (proofs[at]?.used.length ?? 0) > 1);
    if (several.length === 0) break;
    const chosen = new Map(several.map((suspect) => [suspect, proofs[suspects.indexOf(suspect)]?.used[turn]]));
    const again = await explain(new Set([...chosen.values()].flatMap((candidate) => candidate ?? [])), several);
    for (const [at, suspect] of several.entries()) {
      const alone = proofOf(suspect, again[at]);
      if (alone?.used.length === 1 && alone.used[0] === chosen.get(suspect)) proofs[suspects.indexOf(suspect)] = alone;
    }
  }
  return proofs.map((proof) => (proof ? proven(proof, candidates, catalogue) : null));
}

import type { Catalogue } from "../model/catalogue.js";
import type { PlanNode, ProvenIndex, TableScan } from "../model/plan.js";
import { type Candidate, candidateDdl } from "../sql/candidates.js";
import { costChange, FLOOR, nodesOf, RATIO } from "../sql/plan/costs.js";
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

/** How many of the new indexes in one plan are tried alone. */
const ALONE = 2;
/** Keys of the narrower indexes that are tried where a wider one helps, the narrowest first. */
const NARROWER = [1, 2];

/** A partition's part of a new index has a name that PostgreSQL made up: `events_2026_who_idx`. */
function candidateOf(node: PlanNode, candidates: readonly Candidate[], catalogue: Catalogue): Candidate | null {
  if (node.index === null) return null;
  const number = /^redline_candidate_(\d{1,3})$/.exec(node.index)?.[1];
  if (number !== undefined) return candidates[Number(number)] ?? null;
  if (catalogue.relations.some(({ indexes }) => indexes.some(({ name }) => name === node.index))) return null;
  return candidates.find(({ keys }) => node.index?.includes(`_${keys.join("_").slice(0, 20)}`)) ?? null;
}

const nameIn = (sql: string): string => /^CREATE INDEX (?:CONCURRENTLY )?("(?:[^"]|"")+"|\S+)/.exec(sql)?.[1]?.replace(/^"|"$/g, "") ?? "";

/** The plan with the names that a person would give the indexes. */
function renamed(node: PlanNode, candidates: readonly Candidate[], catalogue: Catalogue): PlanNode {
  const candidate = candidateOf(node, candidates, catalogue);
  const children = node.children.map((child) => renamed(child, candidates, catalogue));
  return { ...node, children, ...(candidate && { index: nameIn(candidate.sql) }) };
}

/** A plan that is ten times cheaper, and the candidates in it. */
interface Gain {
  readonly used: readonly Candidate[];
  readonly plan: PlanNode;
}

const isWider = ({ used }: Gain, keys: number): boolean => used.some((candidate) => candidate.keys.length > keys);

/** What the narrower index costs in writes and memory is worth a lookup that reads a few rows more, not a walk. */
function isNearly(best: Gain, narrow: Gain, { tree }: Suspect): boolean {
  const { ratio, after } = costChange(best.plan, narrow.plan, isOrdered(tree));
  return narrow.used.length <= best.used.length && (ratio <= RATIO || after < FLOOR);
}

const gains = (suspect: Suspect, plan: PlanNode): boolean => costChange(plan, suspect.plan, isOrdered(suspect.tree)).ratio >= RATIO;

type Gains = ReadonlyMap<Suspect, Gain>;

/** What a trial came to. */
export interface Tried {
  readonly proven: ReadonlyMap<Suspect, ProvenIndex>;
  /** The planner's answers with all candidates: a refusal is one of the trial, not of the index. */
  readonly answers: readonly Answer[];
}

/** Statements and the indexes that might help them, tried together on the planner. */
export class IndexTrial {
  private readonly session: PlannerSession;
  private readonly statistics: Statistics;
  private readonly candidates: readonly Candidate[];

  constructor(session: PlannerSession, statistics: Statistics, candidates: readonly Candidate[]) {
    this.session = session;
    this.statistics = statistics;
    this.candidates = candidates;
  }

  /** For each suspect the narrowest of what makes it ten times cheaper, where anything does. */
  async run(suspects: readonly Suspect[]): Promise<Tried> {
    const answers = await this.explain(this.candidates, suspects);
    const gained = new Map(await this.alone(this.gainsOf(suspects, answers)));
    for (const keys of NARROWER) {
      const wide = suspects.filter((suspect) => isWider(gained.get(suspect) ?? { used: [], plan: suspect.plan }, keys));
      for (const [suspect, narrow] of await this.narrow(wide, keys)) {
        const best = gained.get(suspect);
        if (best && !isWider(narrow, keys) && isNearly(best, narrow, suspect)) gained.set(suspect, narrow);
      }
    }
    return { proven: new Map([...gained].flatMap(([suspect, gain]) => this.proven(suspect, gain))), answers };
  }

  private async narrow(suspects: readonly Suspect[], keys: number): Promise<Gains> {
    const candidates = this.candidates.filter((candidate) => candidate.keys.length <= keys);
    if (candidates.length === 0) return new Map();
    return this.alone(this.gainsOf(suspects, await this.explain(candidates, suspects)));
  }

  /** Where a plan uses several new indexes, each of the first two is tried alone, and given if it is enough. */
  private async alone(gained: Gains): Promise<Gains> {
    const result = new Map(gained);
    for (let turn = 0; turn < ALONE; turn += 1) {
      const several = [...result].filter(([, { used }]) => used.length > 1).map(([suspect]) => suspect);
      const chosen = new Map(several.map((suspect) => [suspect, gained.get(suspect)?.used[turn]]));
      const answers = await this.explain(
        [...chosen.values()].flatMap((candidate) => candidate ?? []),
        several,
      );
      for (const [suspect, gain] of this.gainsOf(several, answers)) {
        if (gain.used.length === 1 && gain.used[0] === chosen.get(suspect)) result.set(suspect, gain);
      }
    }
    return result;
  }

  private async explain(chosen: readonly Candidate[], suspects: readonly Suspect[]): Promise<readonly Answer[]> {
    const own = new Set(chosen);
    const ddl = this.candidates.flatMap((candidate, number) => (own.has(candidate) ? [candidateDdl(candidate, number)] : []));
    const texts = suspects.map(({ sql }) => sql);
    return ask(this.session, { side: "head", statistics: this.statistics, candidates: ddl }, texts);
  }

  private gainsOf(suspects: readonly Suspect[], answers: readonly Answer[]): Gains {
    return new Map(
      suspects.flatMap((suspect, at) => {
        const answer = answers[at];
        if (!answer || "failed" in answer || !gains(suspect, answer.plan)) return [];
        const used = nodesOf(answer.plan).flatMap((node) => candidateOf(node, this.candidates, this.session.head) ?? []);
        return used.length === 0 ? [] : [[suspect, { used: [...new Set(used)], plan: answer.plan }] as const];
      }),
    );
  }

  private proven(suspect: Suspect, { used, plan }: Gain): readonly (readonly [Suspect, ProvenIndex])[] {
    const [first] = used;
    if (!first) return [];
    const { relation, keys, purpose } = first;
    const sql = used.map((candidate) => candidate.sql).join("\n");
    return [[suspect, { sql, plan: renamed(plan, this.candidates, this.session.head), relation, keys, purpose }]];
  }
}

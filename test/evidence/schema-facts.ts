import { createHash } from "node:crypto";
import type { ObservedStatement, Planner, PlannerSession, SchemaRequest } from "../../src/evidence/planner.js";
import type { Tree } from "../../src/evidence/tree.js";
import type { ChangedFile, Snapshot } from "../../src/model/pull-request.js";
import { text } from "../../src/model/text.js";

/** A repository's files by path, at base and head. */
export type Files = Readonly<Record<string, string>>;

const sha = (content: string): string => createHash("sha1").update(content).digest("hex");

export const treeOf = (files: Files): Tree => ({
  files: Object.entries(files).map(([path, content]) => ({ path, sha: sha(content), text: content })),
});

export function snapshotOf(base: Files, head: Files): Snapshot {
  const changed = [...new Set([...Object.keys(base), ...Object.keys(head)])].filter((path) => base[path] !== head[path]);
  const files = changed.map((path): ChangedFile => {
    const [before, after] = [base[path], head[path]];
    const status = before === undefined ? "added" : after === undefined ? "removed" : "modified";
    return { path, status, ...(before !== undefined && { base: before }), ...(after !== undefined && { head: after }) };
  });
  return { draft: false, base: { sha: "b", ref: "main" }, mergeBase: { sha: "m" }, head: { sha: "h" }, files };
}

const relation = (name: string) => ({
  schema: "public",
  name,
  kind: "table" as const,
  columns: [],
  indexes: [],
  foreignKeys: [],
  checks: [],
  partitionOf: null,
  partitionKey: [],
});

/** A planner that remembers what it was asked, and whose schemas hold a table for each file. */
export class FakePlanner implements Planner {
  readonly requests: SchemaRequest[] = [];
  closed = 0;
  private readonly answer: Partial<Pick<PlannerSession, "notApplied">> & { readonly refused?: string };

  constructor(answer: FakePlanner["answer"] = {}) {
    this.answer = answer;
  }

  async open(request: SchemaRequest): Promise<PlannerSession | { readonly refused: ReturnType<typeof text> }> {
    this.requests.push(request);
    const { refused, notApplied = [] } = this.answer;
    if (refused !== undefined) return { refused: text`${refused}` };
    const observed = request.head.filter(({ path }) => request.observed.includes(path)).flatMap(statementsOf);
    return {
      version: "PostgreSQL 18.6",
      base: { relations: request.base.map(({ path }) => relation(path)) },
      head: { relations: request.head.map(({ path }) => relation(path)) },
      notApplied,
      observed,
      explain: async () => [],
      close: async () => {
        this.closed += 1;
      },
    };
  }
}

/** Each statement of a file takes a lock on a table of the statement's own text. */
const statementsOf = ({ path, sql }: { readonly path: string; readonly sql: string }): readonly ObservedStatement[] =>
  [...sql.matchAll(/\b(?:CREATE|ALTER)[^;]+/g)].map((match) => ({
    path,
    start: match.index,
    end: match.index + match[0].length,
    observation: {
      locks: [{ relation: { schema: "public", name: match[0] }, kind: "table", mode: "SHARE" }],
      rewritten: [],
      scanned: [],
    },
  }));

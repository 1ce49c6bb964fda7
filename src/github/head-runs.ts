import { z } from "zod";

/** A workflow run of a commit that has ended. */
export interface EndedRun {
  readonly id: number;
  /** ISO 8601, by GitHub's clock: later than what was heard of it when it was run again. */
  readonly updatedAt: string;
}

/** Check suites of a commit that are looked at: each App has one, each workflow run another. */
const SUITES = 100;

/** A run's number is in its address: the field for it holds 32 bits, and the numbers are larger by now. */
export const headRunsFields = `headCommit: commits(last: 1) { nodes { commit {
        oid
        tree { oid }
        checkSuites(last: ${SUITES}) { nodes { status workflowRun { resourcePath updatedAt } } }
      } } }`;

const suite = z.object({
  status: z.string(),
  workflowRun: z.object({ resourcePath: z.string(), updatedAt: z.string() }).nullable(),
});

const commit = z.object({
  oid: z.string(),
  tree: z.object({ oid: z.string() }).nullish(),
  checkSuites: z.object({ nodes: z.array(suite.nullable()).nullable() }).nullable(),
});

/** Absent in answers that an earlier version kept. */
export const headRuns = z.object({ nodes: z.array(z.object({ commit })) }).nullish();

type Suite = z.infer<typeof suite> | null;

function endedRun(found: Suite): readonly EndedRun[] {
  if (found?.status !== "COMPLETED" || !found.workflowRun) return [];
  const { resourcePath, updatedAt } = found.workflowRun;
  const id = /\/actions\/runs\/(\d{1,15})$/.exec(resourcePath)?.[1];
  return id === undefined ? [] : [{ id: Number(id), updatedAt }];
}

/** The runs of this commit that have ended, by what GitHub showed of it. */
export const endedRunsOf = (found: z.infer<typeof headRuns>, sha: string): readonly EndedRun[] =>
  (found?.nodes ?? []).flatMap(({ commit }) => (commit.oid === sha ? (commit.checkSuites?.nodes ?? []).flatMap(endedRun) : []));

/** Names the whole content of this commit; absent where GitHub did not tell. */
export const treeOf = (found: z.infer<typeof headRuns>, sha: string): { readonly tree?: string } => {
  const tree = found?.nodes.find(({ commit }) => commit.oid === sha)?.commit.tree;
  return tree ? { tree: tree.oid } : {};
};

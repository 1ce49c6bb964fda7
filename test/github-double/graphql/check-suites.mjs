import { headRuns } from "../state/checks.mjs";
import { fullName } from "../state/repositories.mjs";

/** The head of a pull request with its check suites: one of each App that has checks on it, one of each workflow run. */
export function headCommitOf(repository, { head: { sha } }) {
  const apps = new Map(headRuns(repository, sha).map(({ app, status }) => [app.id, { status: status.toUpperCase(), workflowRun: null }]));
  const workflows = [...repository.runs.values()].filter((run) => run.headSha === sha).map((run) => ofRun(repository, run));
  const { treeSha } = repository.objects.commits.get(sha);
  return {
    nodes: [{ commit: { oid: sha, tree: { oid: treeSha }, checkSuites: { nodes: [...apps.values(), ...workflows].slice(-100) } } }],
  };
}

const ofRun = (repository, { id, status, updatedAt }) => ({
  status: status.toUpperCase(),
  workflowRun: { resourcePath: `/${fullName(repository)}/actions/runs/${id}`, updatedAt },
});

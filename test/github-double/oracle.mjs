import { headRuns } from "./state/checks.mjs";
import { fullName } from "./state/repositories.mjs";

/** GitHub lets these through a required check. */
const passing = ["success", "neutral", "skipped"];

/**
 * The merge oracle: could this pull request be merged at this moment? It is asked after every write, act and tick, and
 * every change of its answer is kept, so that a test can see a gate that was open for one write only. What the driver
 * expects is held against it at the same moments.
 */
export function createOracle(world) {
  const log = [];
  const last = new Map();

  /** `{ mergeable, reasons }` of a commit that wants into a branch. */
  function judgeCommit(repository, branch, sha) {
    const rules = repository.rulesets.get(branch) ?? [];
    const reasons = rules.flatMap((rule) => reasonAgainst(repository, rule, sha));
    return { mergeable: reasons.length === 0, reasons };
  }

  function judge(repository, pull) {
    const state = pull.mergedAt ? ["merged"] : pull.state === "closed" ? ["closed"] : pull.draft ? ["draft"] : [];
    const { reasons } = judgeCommit(repository, pull.base.ref, pull.head.sha);
    return { mergeable: state.length + reasons.length === 0, reasons: [...state, ...reasons] };
  }

  /** Asks about every pull request of the repository that was written to, or of all. */
  function record(cause, written = null) {
    for (const repository of written === null ? world.repositories.values() : [written]) {
      for (const pull of repository.pulls.values()) note(repository, pull, judge(repository, pull), cause);
      world.past.keep(repository);
    }
  }

  function note(repository, pull, verdict, cause) {
    const { head, base, number } = pull;
    const answer = [head.sha, base.ref, verdict.mergeable, ...verdict.reasons].join("\n");
    const about = { repository: fullName(repository), number, head: head.sha, base: base.ref };
    world.expectations.note(repository, pull, verdict, { cause, opened: last.get(pull)?.mergeable !== true, about });
    if (last.get(pull)?.answer === answer) return;
    last.set(pull, { answer, mergeable: verdict.mergeable });
    log.push({ at: world.clock.iso(), call: world.journal.mark(), cause, ...about, ...verdict });
  }

  return { log, judge, judgeCommit, record };
}

/** The latest run by id decides; with an expected source only that app's runs count. */
function reasonAgainst(repository, { name, integrationId }, sha) {
  const named = headRuns(repository, sha).filter((run) => run.name === name);
  const counted = integrationId === null ? named : named.filter((run) => run.app.id === integrationId);
  const latest = counted.at(-1);
  if (!latest) return [named.length > 0 ? `"${name}" was not set by the expected GitHub App` : `"${name}" is expected`];
  if (latest.status !== "completed") return [`"${name}" is ${latest.status}`];
  return passing.includes(latest.conclusion) ? [] : [`"${name}" is ${latest.conclusion}`];
}

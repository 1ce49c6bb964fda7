import type { Config } from "../config/config.js";
import type { GitHub } from "../github/call.js";
import type { PullFacts } from "../github/facts.js";
import { maintainership, teamMembership } from "../github/teams.js";
import { judgeOverride, lastRequest, type Membership, type OverrideDecision, type OverrideFacts, objection } from "../review/override.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";

const slug = (team: string): string => team.replace(/^@?[^/]*\//, "").replace(/^@/, "");

/** On a personal repository there are no teams: whoever may maintain it stands in for one. */
const membershipOf = (github: GitHub, facts: PullFacts, team: string, login: string): Promise<Membership> =>
  facts.organization ? teamMembership(github, facts.owner, slug(team), login) : maintainership(github, facts, login);

/** The label's fate on this head. The team is asked only when nothing else speaks against the request. */
export async function gatherOverride(
  { github, known, dependencies }: { readonly github: GitHub; readonly known: KnownPull; readonly dependencies: Dependencies },
  facts: PullFacts,
  config: Config,
): Promise<OverrideDecision> {
  const { pulls } = dependencies.store;
  const given: Omit<OverrideFacts, "membership"> = {
    label: config.override.label,
    team: config.onBudgetExceed.requireApproval,
    headSha: facts.head.sha,
    authorId: facts.author?.id ?? null,
    present: facts.labels.some(({ name }) => name === config.override.label),
    requests: await pulls.labels(known),
    earlier: await pulls.overrides(known),
  };
  const request = lastRequest(given);
  const ask = given.present && request?.action === "labeled" && given.team !== null && objection(given, request) === null;
  const membership = ask ? await membershipOf(github, facts, given.team ?? "", request.actor.login) : null;
  const decision = judgeOverride({ ...given, membership });
  const before = given.earlier.at(-1);
  const changed = decision.override !== null && (before?.status !== decision.override.status || before.at !== decision.override.at);
  if (decision.override && changed && !decision.retry) await pulls.saveOverride(known, decision.override);
  return decision;
}

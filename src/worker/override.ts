import { createHash } from "node:crypto";
import type { Config } from "../config/config.js";
import type { Closing } from "../evidence/sources.js";
import type { PullFacts } from "../github/facts.js";
import { maintainership, teamMembership } from "../github/teams.js";
import { lookalikes } from "../review/lookalikes.js";
import { judgeOverride, peopleToAsk } from "../review/override.js";
import type { Involved, OverrideDecision, OverrideFacts, Standing } from "../review/override-facts.js";
import { knownSince } from "../review/override-label.js";
import { believedAsks, believedLabel } from "./override-asks.js";
import type { PullPlace } from "./pull-place.js";

/** What became of the requests, and what a report says of them. */
export interface OverrideOutcome extends OverrideDecision {
  readonly lookalikes: readonly string[];
  /** It rests on what events told, and could open: everything has to be read anew first. */
  readonly provisional: boolean;
}

/** The configuration of the base branch by its content. */
export const configurationDigest = ({ configuration }: PullFacts): string =>
  createHash("sha256")
    .update(configuration.text ?? "")
    .digest("hex");

const slug = (team: string): string => team.replace(/^@?[^/]*\//, "").replace(/^@/, "");

/** On a personal repository there are no teams: people who are listed, or whoever may maintain it, stand in for one. */
const ask = ({ github }: PullPlace, facts: PullFacts, config: Config, login: string): Promise<Standing> => {
  const team = config.onBudgetExceed.requireApproval;
  if (!facts.organization) return maintainership(github, facts, config.override.people, login);
  return team === null ? Promise.resolve({ membership: "none", teamId: null }) : teamMembership(github, facts.owner, slug(team), login);
};

/** Answers of one reconcile: when it starts over with fresh facts, nobody is asked twice. */
const answers = new WeakMap<PullPlace, Map<number, Standing>>();

async function standingsOf(
  place: PullPlace,
  facts: PullFacts,
  config: Config,
  people: ReadonlyMap<number, string>,
): Promise<ReadonlyMap<number, Standing>> {
  const known = answers.get(place) ?? new Map<number, Standing>();
  answers.set(place, known);
  for (const [id, login] of people) if (!known.has(id)) known.set(id, await ask(place, facts, config, login));
  return known;
}

async function involvedIn({ known, dependencies }: PullPlace, facts: PullFacts, heads: readonly string[]): Promise<Involved> {
  const { contributors } = facts;
  const pushers = await dependencies.store.overrides.pushers(known, [...new Set([...(contributors?.shas ?? []), ...heads])]);
  return {
    author: facts.author?.id ?? null,
    ids: new Set([...(contributors?.ids ?? []), ...pushers]),
    logins: new Set(contributors?.logins ?? []),
    complete: contributors?.complete ?? false,
  };
}

/** Remembers what was read, and since when it has been so. What an event told was remembered with the event. */
async function seenSince({ known, dependencies }: PullPlace, facts: PullFacts, told: boolean) {
  const { overrides } = dependencies.store;
  const sighting = { at: facts.updatedAt, headSha: facts.head.sha, baseRef: facts.base.ref };
  const since = async () => {
    const sightings = await overrides.sightings(known);
    return { sightings, since: knownSince(sightings, facts.timeline, facts.head.sha, facts.base.ref) };
  };
  const before = await since();
  if (told || facts.updatedAt === "" || before.since !== null) return before;
  await overrides.sight(known, sighting, true);
  return since();
}

async function shownBefore({ known, dependencies }: PullPlace, facts: PullFacts) {
  const verdict = await dependencies.store.pulls.verdict(known, facts.head.sha);
  const same = verdict?.under?.baseRef === facts.base.ref && verdict.under.configuration === configurationDigest(facts);
  return same ? (verdict?.overridable ?? []) : null;
}

async function factsOf(place: PullPlace, facts: PullFacts, config: Config, closing: Closing, told: boolean): Promise<OverrideFacts> {
  const { known, dependencies } = place;
  const { sightings, since } = await seenSince(place, facts, told);
  const audit = await dependencies.store.overrides.audit(known);
  const { override, onBudgetExceed } = config;
  return {
    now: dependencies.now().toISOString(),
    after: (at, ms) => new Date(Date.parse(at) + ms).toISOString(),
    rule: { ...override, people: facts.organization ? [] : override.people, team: onBudgetExceed.requireApproval },
    configuration: configurationDigest(facts),
    head: facts.head.sha,
    base: facts.base,
    since,
    involved: await involvedIn(
      place,
      facts,
      sightings.map(({ headSha }) => headSha),
    ),
    label: await believedLabel(place, facts, override.label, audit),
    asks: await believedAsks(place, audit),
    standings: new Map(),
    ...closing,
    shown: await shownBefore(place, facts),
    audit,
  };
}

/** What became of everybody's requests on this head. People are asked for only when nothing else speaks against them. */
export async function gatherOverride(
  place: PullPlace,
  facts: PullFacts,
  config: Config,
  closing: Closing,
  told: boolean,
): Promise<OverrideOutcome> {
  const given = await factsOf(place, facts, config, closing, told);
  const standings = await standingsOf(place, facts, config, peopleToAsk(given));
  const decision = judgeOverride({ ...given, standings });
  const { override, retry } = decision;
  return {
    ...decision,
    lookalikes: lookalikes(
      config.override.label,
      facts.labels.map(({ name }) => name),
    ),
    provisional: told && (retry || override?.status === "granted" || override?.status === "waiting"),
  };
}

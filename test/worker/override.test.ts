import { describe, expect, it } from "vitest";
import type { Closing } from "../../src/evidence/sources.js";
import type { PullFacts } from "../../src/github/facts.js";
import { plain, text } from "../../src/model/text.js";
import type { Verdict } from "../../src/model/verdict.js";
import { configurationDigest, gatherOverride } from "../../src/worker/override.js";
import { configOf } from "../config/reading.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";
import { useStage } from "./stage.js";

const stage = useStage();
const MEMBER = "GET /orgs/{org}/teams/{team_slug}/memberships/{username}";
const ROLE = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
const team = configOf("on_budget_exceed: { block_merge: true, require_approval: perf-team }\n");
const label = { id: "LA_1", name: "perf-override" };
const maria = { id: 5, login: "maria", type: "User" };
const closing: Closing = { violations: [{ key: "b", worth: 2, text: text`over` }], overridable: true };
const failing = (status: number) => (): never => {
  throw new RequestError(status);
};

const at = (second: number): string => `2026-01-05T08:00:0${second}Z`;

/** A pull request that was published as closed, and on which maria has put the label since. */
async function labelled(parts: Partial<PullFacts> = {}, answer: () => unknown = () => ({ state: "active", url: "" })) {
  const github = new FakeGitHub({ [MEMBER]: answer, [ROLE]: answer });
  const known = await stage.pull();
  const { store } = stage;
  const facts = {
    owner: "acme",
    name: "shop",
    organization: true,
    updatedAt: at(3),
    head: { sha: known.headSha, repositoryId: 2 },
    base: { ref: "main", sha: "b" },
    author: { id: 1, login: "dev", type: "User" },
    labels: [label],
    timeline: [{ kind: "labeled", at: at(2), by: maria, label }],
    contributors: { ids: [1], logins: [], shas: [known.headSha], complete: true },
    configuration: { path: "", text: "a: 1" },
    ...parts,
  } as unknown as PullFacts;
  const under = { baseRef: "main", configuration: configurationDigest(facts) };
  const verdict = { conclusion: "failure", title: [], action: [], violations: [], advisory: false, overridable: closing.violations, under };
  await store.pulls.saveVerdict(known, known.headSha, verdict as unknown as Verdict);
  await store.overrides.sight(known, { at: at(1), headSha: known.headSha, baseRef: "main" });
  const told = { action: "labeled", label: label.name, labelId: label.id, actor: maria, headSha: known.headSha, at: at(2) } as const;
  await store.pulls.recordLabel(known, told);
  const place = { github, known, dependencies: stage.dependencies(github) };
  return { github, known, place, facts };
}

async function decide(given: Awaited<ReturnType<typeof labelled>>, { config = team, isTold = false } = {}) {
  const { override, records, provisional, retry, lookalikes } = await gatherOverride(given.place, given.facts, config, closing, isTold);
  const whys = records.map(({ why }) => why && plain(why));
  return { status: override?.status, whys, provisional, retry, lookalikes, asked: given.github.sent };
}

describe("a label", () => {
  it("is granted to a member of the team, who is asked about by the name of the team (O03)", async () => {
    const given = await labelled();
    const { status, asked } = await decide(given);
    expect([status, asked.map(({ parameters }) => parameters)]).toEqual([
      "granted",
      [{ org: "acme", team_slug: "perf-team", username: "maria" }],
    ]);
  });

  it("that an event alone told of is granted for the time being only: everything is read before it opens (R08)", async () => {
    expect(await decide(await labelled(), { isTold: true })).toMatchObject({ status: "granted", provisional: true });
    const refused = await labelled({}, failing(404));
    expect(await decide(refused, { isTold: true })).toMatchObject({ status: "refused", provisional: false });
  });

  it("is neither granted nor refused while GitHub does not answer, and the person is not asked about twice (O03)", async () => {
    const given = await labelled({}, failing(500));
    expect(await decide(given)).toMatchObject({ status: "refused", whys: [], retry: true });
    expect((await decide(given)).asked).toHaveLength(1);
  });

  it.each<[string, Partial<PullFacts>, string]>([
    ["of the author (O01)", { author: { id: 5, login: "maria", type: "User" } }, "the author"],
    ["of a co-author (O01)", { contributors: { ids: [5], logins: [], shas: [], complete: true } }, "has a part in it"],
    ["where commits could not be read (O01)", { contributors: null }, "not all of its commits could be read"],
  ])("%s is refused, and nobody is asked", async (_, parts, why) => {
    const given = await labelled(parts);
    const { status, whys, asked } = await decide(given);
    expect([status, whys, asked]).toEqual(["refused", [expect.stringContaining(why)], []]);
  });

  it("after the configuration changed is refused: what was shown was judged by another one (C01)", async () => {
    const given = await labelled();
    given.facts = { ...given.facts, configuration: { path: "", text: "a: 2" } };
    expect((await decide(given)).whys).toEqual([expect.stringContaining("no review of this head had been published before it")]);
  });

  it("of somebody who pushed one of its commits is refused (O01)", async () => {
    const given = await labelled();
    await stage.store.overrides.recordPusher(given.known, given.known.headSha, maria.id);
    expect(await decide(given)).toMatchObject({ status: "refused", whys: [expect.stringContaining("by pushing them")] });
  });

  it("on a head that nobody had seen before is refused: no event came, and GitHub's time is later (O05, R06)", async () => {
    const given = await labelled();
    given.facts = { ...given.facts, head: { sha: "f".repeat(40), repositoryId: 2 } };
    const { whys } = await decide(given);
    expect(whys).toEqual([expect.stringContaining("and the head is now fffffff")]);
  });

  it("that only looks like the configured one is named, and opens nothing (O07)", async () => {
    const twin = { id: "LA_2", name: "perf\u2010override" };
    const given = await labelled({ labels: [twin], timeline: [{ kind: "labeled", at: at(2), by: maria, label: twin }] });
    expect(await decide(given)).toMatchObject({ status: undefined, whys: [], lookalikes: [twin.name], asked: [] });
  });
});

describe("on a personal account's repository", () => {
  const config = configOf("on_budget_exceed: { block_merge: true }\noverride: { people: [Maria] }\n");

  it("people of the list stand in for a team, as long as they work there (O03)", async () => {
    const role = (role_name: string) => labelled({ organization: false }, () => ({ role_name }));
    expect((await decide(await role("triage"), { config })).status).toBe("granted");
    expect((await decide(await role("read"), { config })).status).toBe("refused");
  });

  it("the list counts for nothing in an organization's", async () => {
    const { status, asked } = await decide(await labelled({}, () => ({ role_name: "admin" })), { config });
    expect([status, asked]).toEqual(["refused", []]);
  });
});

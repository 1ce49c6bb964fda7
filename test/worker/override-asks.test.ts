import { describe, expect, it } from "vitest";
import type { PullFacts } from "../../src/github/facts.js";
import { plain } from "../../src/model/text.js";
import type { OverrideAsk } from "../../src/store/override-types.js";
import { believedAsks, believedLabel } from "../../src/worker/override-asks.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";
import { asked as decided } from "../store/override-record.js";
import { useStage } from "./stage.js";

const stage = useStage();
const COMMENT = "GET /repos/{owner}/{repo}/issues/comments/{comment_id}";
const EVENTS = "GET /repos/{owner}/{repo}/issues/{issue_number}/events";
const AT = "2026-01-05T09:00:00Z";
const by = { id: 5, login: "maria", type: "User" };
const label = { id: "LA_1", name: "perf-override" };

const failing = (status: number) => (): never => {
  throw new RequestError(status);
};

const written = { id: 9, body: "/redline override x", user: { id: 5 }, created_at: AT, updated_at: AT, performed_via_github_app: null };

/** A place where somebody has asked, and GitHub answers so about it. */
async function asked(kind: OverrideAsk["kind"], answer: () => unknown) {
  const github = new FakeGitHub({ [COMMENT]: answer });
  const known = await stage.pull();
  const key = kind === "command" ? "comment:9" : "button:3:x:5";
  await stage.store.overrides.ask(known, { key, kind, at: AT, by, headSha: null, reason: "x" });
  return { github, place: { github, known, dependencies: stage.dependencies(github) }, key };
}

const doubts = async (place: Parameters<typeof believedAsks>[0], audit: Parameters<typeof believedAsks>[1] = []) =>
  (await believedAsks(place, audit)).map(({ doubt, viaApp }) => ({ doubt: doubt && plain(doubt), viaApp }));

describe("what a comment asks for", () => {
  it.each<[string, () => unknown, string | null, boolean]>([
    ["as it was written is believed", () => written, null, false],
    ["by an App in the person's name is told apart (O02)", () => ({ ...written, performed_via_github_app: { id: 1 } }), null, true],
    ["after an edit is not believed", () => ({ ...written, updated_at: "2026-01-05T09:01:00Z" }), "the comment was changed", false],
    ["in the name of somebody else is not believed (R08)", () => ({ ...written, user: { id: 6 } }), "the comment was changed", false],
    ["where it is gone is not believed (R08)", failing(404), "the comment is gone", false],
  ])("%s", async (_, answer, doubt, viaApp) => {
    const { place } = await asked("command", answer);
    expect(await doubts(place)).toEqual([{ doubt: doubt && expect.stringContaining(doubt), viaApp }]);
  });

  it("is not read where GitHub is out of order: the work is tried again, and nothing opens meanwhile", async () => {
    const { place } = await asked("command", failing(502));
    await expect(doubts(place)).rejects.toThrow();
  });

  it("and was decided on, or withdrawn, is not read again", async () => {
    const { place, github, key } = await asked("command", () => written);
    const record = { ...decided(place.known.number, place.known.headSha), ask: key };
    expect(await doubts(place, [record])).toEqual([{ doubt: null, viaApp: false }]);
    await stage.store.overrides.withdraw(place.known, key);
    expect(await doubts(place, [])).toEqual([{ doubt: "the comment is gone", viaApp: false }]);
    expect(github.sent).toEqual([]);
  });

  it("a button asks without a question to GitHub", async () => {
    const { place, github } = await asked("button", () => written);
    expect([await doubts(place), github.sent]).toEqual([[{ doubt: null, viaApp: false }], []]);
  });
});

describe("a label that no webhook told of (R06)", () => {
  const timeline = [{ kind: "labeled", at: AT, by, label }] as const;
  const facts = { labels: [label], timeline } as unknown as PullFacts;
  const event = { event: "labeled", created_at: AT, actor: { id: 5 }, label: { name: label.name }, performed_via_github_app: null };

  async function read(events: readonly object[], audit: readonly ReturnType<typeof decided>[] = []) {
    const github = new FakeGitHub({ [EVENTS]: () => events });
    const known = await stage.pull();
    const { ask } = await believedLabel({ github, known, dependencies: stage.dependencies(github) }, facts, label.name, audit);
    return { told: ask && { viaApp: ask.viaApp, doubt: ask.doubt && plain(ask.doubt) }, asked: github.sent.length, key: ask?.key ?? "" };
  }

  it("is looked up in GitHub's list of events", async () => {
    expect(await read([{ ...event, event: "unlabeled" }, event])).toMatchObject({ told: { viaApp: false, doubt: null }, asked: 1 });
  });

  it("is an App's where the list says so (O02)", async () => {
    expect((await read([{ ...event, performed_via_github_app: { id: 3 } }])).told).toMatchObject({ viaApp: true });
  });

  it.each([
    ["is not there", []],
    ["was put under another name, which it was given later (O07)", [{ ...event, label: { name: "docs" } }]],
    ["was put by somebody else", [{ ...event, actor: { id: 6 } }]],
    ["was put at another time", [{ ...event, created_at: "2026-01-05T09:00:01Z" }]],
  ])("is not believed where it %s", async (_, events) => {
    expect((await read(events)).told?.doubt).toContain("it is not known under which name the label was put");
  });

  it("and was decided on is not looked up again", async () => {
    const { key } = await read([event]);
    expect(await read([], [{ ...decided(1, "h"), ask: key }])).toMatchObject({ told: { doubt: null }, asked: 0 });
  });
});

import { describe, expect, it } from "vitest";
import type { Remedies } from "../../src/worker/dependencies.js";
import { NotYetError } from "../../src/worker/not-yet-error.js";
import { publishComment } from "../../src/worker/sticky-comment.js";
import { sweep } from "../../src/worker/sweep.js";
import { FakeGitHub } from "../github/fake-github.js";
import { Conversation } from "./conversation.js";
import { useStage, verbs, writable } from "./stage.js";

const stage = useStage();
const SAID = { force: false, mayExist: false };
const place = async (github: FakeGitHub, known = stage.pull()) => ({
  github,
  known: await known,
  dependencies: stage.dependencies(github),
});

describe("the one comment", () => {
  it("is created once, then updated, and not written when it says so already", async () => {
    const github = writable();
    const here = await place(github);
    for (const body of ["one", "one", "two", "two"]) await publishComment(here, body, SAID);
    expect(verbs(github)).toEqual(["POST comments", "PATCH comments"]);
  });

  it("is written again on request: somebody edited it", async () => {
    const github = writable();
    const here = await place(github);
    await publishComment(here, "one", SAID);
    await publishComment(here, "one", { ...SAID, force: true });
    expect(verbs(github)).toEqual(["POST comments", "PATCH comments"]);
  });

  it("is written again when an edit of it was told, whatever came to be the reason of the work (R33)", async () => {
    const github = writable();
    const here = await place(github);
    await publishComment(here, "one", SAID);
    await stage.store.publications.commentEdited(here.known);
    await publishComment(here, "one", SAID);
    expect(verbs(github)).toEqual(["POST comments", "PATCH comments"]);
  });

  it("stays hidden where somebody hid it: nothing but its text is written, in its place (R33)", async () => {
    const github = writable();
    const here = await place(github);
    for (const body of ["one", "two"]) await publishComment(here, body, SAID);
    const [, update] = github.sent;
    expect(update?.route).toBe("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}");
    expect(Object.keys(update?.parameters ?? {}).toSorted()).toEqual(["body", "comment_id", "owner", "repo"]);
  });

  it("is created anew when somebody deleted it (R33)", async () => {
    const here = await place(writable());
    await publishComment(here, "one", SAID);
    const github = new FakeGitHub({ "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": () => ({ id: 5 }) });
    await publishComment({ ...here, github }, "two", SAID);
    expect(verbs(github)).toEqual(["PATCH comments", "POST comments"]);
    expect(await stage.store.publications.comment(here.known)).toMatchObject({ id: 5 });
  });
});

const LATER = 6_000;

/** A conversation of a pull request of its own, on a clock that only {@link pass} moves. */
async function talk(remedies: Partial<Remedies> = {}) {
  const conversation = new Conversation();
  const known = await stage.pull({ toldAt: "2026-01-05T08:00:00Z" });
  const dependencies = { ...stage.dependencies(conversation.github), staleMs: LATER, remedies };
  const here = { github: conversation.github, known, dependencies };
  return {
    conversation,
    known,
    say: (body: string) => publishComment(here, body, SAID),
    sweep: () => sweep(known, dependencies),
  };
}

const pass = (ms: number): void => {
  stage.now = new Date(stage.now.getTime() + ms);
};

describe("a comment whose creation got no answer (R02)", () => {
  it.each(["applied, then lost", "lost, not applied"] as const)("is there once in the end: %s", async (fault) => {
    const { conversation, say, sweep: look } = await talk();
    conversation.fault = fault;
    await expect(say("one")).rejects.toMatchObject({ failure: { kind: "ambiguous" } });
    await expect(say("one")).rejects.toBeInstanceOf(NotYetError);
    pass(LATER);
    await say("two");
    expect(conversation.bodies).toEqual(["two"]);
    expect(await look()).toEqual(new Date(stage.now.getTime() + LATER));
    pass(LATER);
    expect(await look()).toBeNull();
    expect([conversation.bodies, await look()]).toEqual([["two"], null]);
  });

  it("is looked for among what changed since an event before it, by the App that wrote it", async () => {
    const { conversation, say } = await talk();
    conversation.fault = "applied, then lost";
    await expect(say("one")).rejects.toThrow();
    pass(LATER);
    await say("one");
    const list = conversation.github.sent.find(({ route }) => route.startsWith("GET"));
    expect(list?.parameters).toMatchObject({ since: "2026-01-05T08:00:00Z", per_page: 100, page: 1 });
  });

  it("is created again when GitHub's list lags behind even longer; the sweep leaves the older one, with the right words (R05)", async () => {
    const { conversation, say, sweep: look } = await talk();
    conversation.lag = true;
    conversation.fault = "applied, then lost";
    await expect(say("one")).rejects.toThrow();
    pass(LATER);
    await say("two");
    expect(conversation.comments).toHaveLength(2);
    conversation.settle();
    pass(LATER);
    expect(await look()).toEqual(stage.now);
    await say("two");
    expect(conversation.comments).toMatchObject([{ id: 101, body: "two" }]);
  });

  it("comes twice without these remedies, and stays twice", async () => {
    const { conversation, say, sweep: look } = await talk({ settle: false });
    conversation.fault = "applied, then lost";
    await expect(say("one")).rejects.toThrow();
    pass(2 * LATER);
    await say("one");
    expect([await look(), conversation.bodies]).toEqual([null, ["one", "one"]]);
  });

  it("leaves no intent when GitHub refused it, and none when a process dies right after the answer", async () => {
    const { conversation, known, say, sweep: look } = await talk();
    const { publications } = stage.store;
    conversation.fault = "refused";
    await expect(say("one")).rejects.toMatchObject({ failure: { kind: "invalid" } });
    expect((await publications.intents(known)).size).toBe(0);
    await say("one");
    await publications.saveIntent(known, "comment", { state: "open", at: stage.now, since: null });
    expect(await look()).toEqual(new Date(stage.now.getTime() + LATER));
    pass(LATER);
    expect([await look(), conversation.bodies, (await publications.intents(known)).size]).toEqual([null, ["one"], 0]);
  });

  it("is adopted after a process died between the request and the id (R23)", async () => {
    const { conversation, known, say } = await talk();
    conversation.comments.push({ id: 50, body: "by the one that died", hidden: false });
    await stage.store.publications.saveIntent(known, "comment", { state: "open", at: stage.now, since: null });
    await expect(say("one")).rejects.toBeInstanceOf(NotYetError);
    pass(LATER);
    await say("one");
    expect(conversation.comments).toMatchObject([{ id: 50, body: "one" }]);
  });
});

describe("an update whose answer was lost", () => {
  it("is sent again, also when the words before it are wanted back", async () => {
    const { conversation, say } = await talk();
    await say("one");
    conversation.fault = "applied, then lost";
    await expect(say("two")).rejects.toThrow();
    await say("one");
    expect(conversation.bodies).toEqual(["one"]);
  });
});

describe("a comment whose id was lost with the store (R34)", () => {
  it("is found among the first thousand by the App that wrote it, in at most ten calls; beyond them it is made anew", async () => {
    const stranger = { id: 1, body: "hello", performed_via_github_app: null };
    const listed =
      (own: number) =>
      ({ page }: Record<string, unknown>) =>
        Array.from({ length: 100 }, (_, index) =>
          (Number(page) - 1) * 100 + index === own ? { id: 9, body: "ours", performed_via_github_app: { id: 7 } } : stranger,
        );
    for (const [own, calls] of [
      [750, 11],
      [2_500, 11],
    ] as const) {
      const github = writable({ "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": listed(own) });
      const here = await place(github);
      await publishComment(here, "one", { force: false, mayExist: true });
      expect(github.sent).toHaveLength(calls);
      expect(await stage.store.publications.comment(here.known)).toMatchObject({ id: own < 1_000 ? 9 : 101 });
    }
  });
});

import { describe, expect, it } from "vitest";
import { publishComment } from "../../src/worker/sticky-comment.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";
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

  it("is written again when an edit of it was told, whatever came to be the reason of the work", async () => {
    const github = writable();
    const here = await place(github);
    await publishComment(here, "one", SAID);
    await stage.store.publications.commentEdited(here.known);
    await publishComment(here, "one", SAID);
    expect(verbs(github)).toEqual(["POST comments", "PATCH comments"]);
  });

  it("is created anew when somebody deleted it", async () => {
    const here = await place(writable());
    await publishComment(here, "one", SAID);
    const github = new FakeGitHub({ "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": () => ({ id: 5 }) });
    await publishComment({ ...here, github }, "two", SAID);
    expect(verbs(github)).toEqual(["PATCH comments", "POST comments"]);
    expect(await stage.store.publications.comment(here.known)).toMatchObject({ id: 5 });
  });

  it("is looked for, not created twice, when the answer to its creation was lost", async () => {
    const lost = new FakeGitHub({
      "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": () => {
        throw new RequestError(502);
      },
    });
    const here = await place(lost);
    await expect(publishComment(here, "one", SAID)).rejects.toMatchObject({ failure: { kind: "ambiguous" } });
    const github = new FakeGitHub({
      "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": () => [
        { id: 8, body: "one", performed_via_github_app: { id: 99 } },
        { id: 9, body: "one", performed_via_github_app: { id: 7 } },
      ],
      "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": () => ({}),
    });
    await publishComment({ ...here, github }, "one", SAID);
    expect(verbs(github)).toEqual(["GET comments", "PATCH comments"]);
    expect(await stage.store.publications.comment(here.known)).toMatchObject({ id: 9 });
  });
});

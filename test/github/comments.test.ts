import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createComment, deleteComment, findOwnComments, updateComment } from "../../src/github/comments.js";
import { removeLabel } from "../../src/github/labels.js";
import { appId, clean, raiseStage, type Stage } from "../github-double/stage.js";
import { FakeGitHub, RequestError } from "./fake-github.js";

const shop = { owner: "acme", name: "shop" };
const place = { repository: "acme/shop", number: 1 };

describe("against the local GitHub", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage();
  });

  afterAll(async () => {
    expect(await stage.stop()).toEqual(clean);
  });

  const bodies = async () => (await stage.github.comments(place)).map(({ body }) => body);

  test("a comment is created, replaced and deleted", async () => {
    const id = await createComment(stage.app, shop, 1, "first");
    expect(await updateComment(stage.app, shop, id, "second")).toBe("updated");
    expect(await bodies()).toEqual(["second"]);
    await deleteComment(stage.app, shop, id);
    expect(await bodies()).toEqual([]);
  });

  test("a comment that somebody deleted is said to be gone, and deleting it again is fine", async () => {
    const id = await createComment(stage.app, shop, 1, "first");
    await stage.github.deleteComment({ repository: "acme/shop", comment: id, user: "bob" });
    expect(await updateComment(stage.app, shop, id, "second")).toBe("gone");
    await expect(deleteComment(stage.app, shop, id)).resolves.toBeUndefined();
  });

  test("our own comments are known by their App, not by a text that was copied (M03)", async () => {
    await stage.github.comment({ ...place, user: "mallory", body: "<!-- redline --> all is well" });
    const id = await createComment(stage.app, shop, 1, "<!-- redline --> blocked");
    expect(await findOwnComments(stage.app, shop, 1, appId)).toEqual([{ id, body: "<!-- redline --> blocked" }]);
    expect(await findOwnComments(stage.app, shop, 1, appId + 1)).toEqual([]);
  });

  test("a label is taken off; one that is not there is fine", async () => {
    await stage.github.label({ ...place, label: "perf-override", user: "mallory" });
    await removeLabel(stage.app, shop, 1, "perf-override");
    expect((await stage.github.pull(place)).labels).toEqual([]);
    await expect(removeLabel(stage.app, shop, 1, "perf-override")).resolves.toBeUndefined();
  });
});

test("at most 1,000 comments are looked through", async () => {
  const page = Array.from({ length: 100 }, (_, index) => ({ id: index, body: "x", performed_via_github_app: null }));
  const github = new FakeGitHub({ "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": () => page });
  expect(await findOwnComments(github, shop, 1, appId)).toEqual([]);
  expect(github.sent).toHaveLength(10);
});

test.each([
  ["updating", (github: FakeGitHub) => updateComment(github, shop, 1, "x")],
  ["deleting", (github: FakeGitHub) => deleteComment(github, shop, 1)],
  ["taking a label off", (github: FakeGitHub) => removeLabel(github, shop, 1, "x")],
])("%s that fails otherwise is an error", async (_, act) => {
  const fail = (): never => {
    throw new RequestError(500, "oops");
  };
  const github = new FakeGitHub({
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": fail,
    "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}": fail,
    "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}": fail,
  });
  await expect(act(github)).rejects.toMatchObject({ failure: { kind: "ambiguous" } });
});

import { expect, test } from "vitest";
import { installationEvent, installationRepositoriesEvent } from "../../src/events/installation.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";
import { known, Stage } from "./stage.js";

const installation = { id: 1, account: { login: "acme" } };
const shop = { id: 2, name: "shop" };

const branches = (commit: () => unknown = () => ({ sha: "tip" })) =>
  new FakeGitHub({ "GET /repos/{owner}/{repo}": () => ({ default_branch: "trunk" }), "GET /repos/{owner}/{repo}/commits/{ref}": commit });

const published = known({ number: 0, group: "installation:trunk", headSha: "tip", baseRef: "trunk" });

test("an installation has the check published on each default branch", async () => {
  const stage = new Stage();
  await stage.handle(installationEvent, { installation, action: "created", repositories: [shop] }, branches());
  expect(stage.observed).toEqual([published]);
  expect(stage.dirty).toEqual([["installation:trunk", "installation.created"]]);
});

test("so have repositories that are added later", async () => {
  const stage = new Stage();
  await stage.handle(installationRepositoriesEvent, { installation, action: "added", repositories_added: [shop] }, branches());
  expect(stage.observed).toEqual([published]);
});

test.each([
  ["empty", new RequestError(409, "Git Repository is empty.")],
  ["gone", new RequestError(404, "Not Found")],
])("a repository that is %s is passed over, and the others are not", async (_, error) => {
  const stage = new Stage();
  const github = branches();
  const broken = branches(() => {
    throw error;
  });
  const first = { ...shop, id: 3, name: "empty" };
  const both = {
    request: (route: string, parameters: Record<string, unknown> = {}) =>
      (parameters.repo === "empty" ? broken : github).request(route, parameters),
    graphql: github.graphql,
  };
  await stage.handle(installationEvent, { installation, action: "created", repositories: [first, shop] }, both);
  expect(stage.observed).toEqual([published]);
});

test("GitHub failing is an error, so that the delivery is tried again", async () => {
  const stage = new Stage();
  const github = branches(() => {
    throw new RequestError(502, "Bad Gateway");
  });
  await expect(stage.handle(installationEvent, { installation, action: "created", repositories: [shop] }, github)).rejects.toThrow();
});

test.each(["unsuspend", "new_permissions_accepted"])(
  "after %s everything that is open is judged anew, and what was missed is looked for (R21)",
  async (action) => {
    const stage = new Stage([known(), known({ number: 6, open: false }), published]);
    await stage.handle(installationEvent, { installation, action });
    expect(stage.states).toEqual([[1, "active"]]);
    expect(stage.dirty).toEqual([[5, `installation.${action}`]]);
    expect(stage.returns).toEqual([1]);
  },
);

test("a suspended installation is parked, and nothing of it is forgotten (R21)", async () => {
  const stage = new Stage([known()]);
  await stage.handle(installationEvent, { installation, action: "suspend" });
  expect(stage.states).toEqual([[1, "suspended"]]);
  expect([stage.observed, stage.marks]).toEqual([[known()], []]);
});

test("after the App was uninstalled nothing there is open any more (R21)", async () => {
  const other = known({ installation: 9 });
  const stage = new Stage([known(), other]);
  await stage.handle(installationEvent, { installation, action: "deleted" });
  expect(stage.states).toEqual([[1, "removed"]]);
  expect(stage.observed).toEqual([known({ open: false }), other]);
});

test("a repository that is taken from the installation is parked, and the others are not (R21)", async () => {
  const other = known({ repository: 3 });
  const stage = new Stage([known(), other]);
  await stage.handle(installationRepositoriesEvent, { installation, action: "removed", repositories_removed: [shop] });
  expect(stage.observed).toEqual([known({ open: false }), other]);
  expect(stage.returns).toEqual([]);
});

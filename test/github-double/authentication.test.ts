import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appClient, ask, clean, jwt, otherKeys, raiseStage, repository, type Stage, shop } from "./stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(async () => expect(await stage.stop()).toEqual(clean));

const createToken = (token: string, body = {}) =>
  ask(`${stage.github.api}/app/installations/${stage.installation}/access_tokens`, { method: "POST", token, body });

const tokenOf = async (body = {}) => {
  const { json } = await createToken(jwt(), body);
  return (json as { token: string }).token;
};

describe("the App's JSON web token", () => {
  it("is accepted with the registered key, with and without /api/v3", async () => {
    const plain = await ask(`${stage.github.api}/app`, { token: jwt() });
    const enterprise = await ask(`${stage.github.api}/api/v3/app`, { token: jwt() });
    expect(plain).toMatchObject({ status: 200, json: { id: 77, slug: "redline", installations_count: 1 } });
    expect(enterprise.json).toEqual(plain.json);
  });

  it.each([
    ["signed with another key", () => jwt({ key: otherKeys().privateKey }), "A JSON web token could not be decoded"],
    ["of an unknown app", () => jwt({ issuer: 5 }), "A JSON web token could not be decoded"],
    ["with another algorithm", () => jwt({ alg: "HS256" }), "A JSON web token could not be decoded"],
    ["that is no JSON", () => "eyJ.x.y", "A JSON web token could not be decoded"],
    ["that has expired", () => jwt({ exp: -5 }), "'Expiration time' claim ('exp') must be a numeric value"],
    ["that lives too long", () => jwt({ exp: 3600 }), "'Expiration time' claim ('exp') is too far in the future"],
    ["from the future", () => jwt({ iat: 200 }), "'Issued at' claim ('iat') must be an Integer"],
  ])("is refused with 401 when it is one %s", async (_, make, message) => {
    const { status, json } = await createToken(make());
    expect(status).toBe(401);
    expect(json).toMatchObject({ message: expect.stringContaining(message), status: "401" });
  });

  it("opens no repository route, and an installation token opens no app route", async () => {
    const token = await tokenOf();
    expect(await ask(`${stage.github.api}/repos/${repository}`, { token: jwt() })).toMatchObject({ status: 401 });
    expect(await ask(`${stage.github.api}/app`, { token })).toMatchObject({
      status: 401,
      json: { message: "A JSON web token could not be decoded" },
    });
  });
});

describe("an installation token", () => {
  it("is longer than forty characters and says what it may and until when", async () => {
    const { status, json } = await createToken(jwt());
    expect(status).toBe(201);
    expect(json).toMatchObject({
      token: expect.stringMatching(/^ghs_77_[0-9a-f]{64}$/),
      repository_selection: "all",
      permissions: { checks: "write", contents: "read" },
    });
    const { expires_at: expires } = json as { expires_at: string };
    expect(Date.parse(expires) - Date.parse((await stage.github.now()).now)).toBe(3_600_000);
  });

  it("ends after an hour of virtual time, with Bad credentials", async () => {
    const token = await tokenOf();
    const url = `${stage.github.api}/repos/${repository}`;
    expect(await ask(url, { token })).toMatchObject({ status: 200 });
    await stage.github.advance({ seconds: 3600 });
    expect(await ask(url, { token })).toMatchObject({ status: 401, json: { message: "Bad credentials" } });
    expect(await ask(url, { token: "ghs_77_nonsense" })).toMatchObject({ status: 401, json: { message: "Bad credentials" } });
  });

  it("may be narrowed to permissions and repositories, never widened", async () => {
    const token = await tokenOf({ permissions: { contents: "read" } });
    expect(await ask(`${stage.github.api}/repos/${repository}/pulls`, { token })).toMatchObject({
      status: 403,
      json: { message: "Resource not accessible by integration" },
    });
    expect(await createToken(jwt(), { permissions: { administration: "write" } })).toMatchObject({ status: 422 });
    expect(await createToken(jwt(), { repositories: ["nothing"] })).toMatchObject({ status: 422 });
    const other = await stage.github.createRepository({ owner: "acme", name: "other", files: { a: "1" } });
    const narrow = await tokenOf({ repository_ids: [other.id] });
    const comment = { method: "POST", token: narrow, body: { body: "hello" } };
    expect(await ask(`${stage.github.api}/repos/${repository}/issues/1/comments`, comment)).toMatchObject({ status: 403 });
  });

  it("sees no private repository that its installation does not cover", async () => {
    await stage.github.createRepository({ owner: "stranger", name: "hidden", private: true, files: { a: "1" } });
    await expect(stage.app.rest.repos.get({ owner: "stranger", repo: "hidden" })).rejects.toMatchObject({ status: 404 });
  });

  it("is refused while the installation is suspended and unknown once it is gone", async () => {
    await stage.github.createRepository({ owner: "leaver", name: "app", files: { a: "1" } });
    const { id } = await stage.github.install({ app: 77, owner: "leaver" });
    const url = `${stage.github.api}/app/installations/${id}/access_tokens`;
    const { json } = await ask(url, { method: "POST", token: jwt(), body: {} });
    const { token } = json as { token: string };
    await stage.github.suspend({ installation: id });
    expect(await ask(`${stage.github.api}/repos/leaver/app`, { token })).toMatchObject({
      status: 403,
      json: { message: "This installation has been suspended" },
    });
    await stage.github.uninstall({ installation: id });
    expect(await ask(`${stage.github.api}/repos/leaver/app`, { token })).toMatchObject({ status: 401 });
    expect(await ask(url, { method: "POST", token: jwt(), body: {} })).toMatchObject({ status: 404 });
  });
});

describe("a personal token", () => {
  it("reads, and writes no check run", async () => {
    const { token } = await stage.github.createToken({ user: "alice" });
    const headers = { authorization: `token ${token}` };
    expect(await ask(`${stage.github.api}/repos/${repository}/pulls/1`, { headers })).toMatchObject({ status: 200 });
    const body = { name: "redline/main", head_sha: stage.head };
    expect(await ask(`${stage.github.api}/repos/${repository}/check-runs`, { method: "POST", headers, body })).toMatchObject({
      status: 403,
      json: { message: "You must authenticate via a GitHub App." },
    });
    const comment = await ask(`${stage.github.api}/repos/${repository}/issues/1/comments`, {
      method: "POST",
      headers,
      body: { body: "x" },
    });
    expect(comment).toMatchObject({ status: 403, json: { message: "Resource not accessible by personal access token" } });
  });
});

describe("without a token", () => {
  it("public things are read and nothing is written", async () => {
    expect(await ask(`${stage.github.api}/repos/${repository}`)).toMatchObject({ status: 200 });
    const write = await ask(`${stage.github.api}/repos/${repository}/issues/1/comments`, { method: "POST", body: { body: "x" } });
    expect(write).toMatchObject({ status: 401, json: { message: "Requires authentication" } });
  });
});

describe("Octokit's own authentication", () => {
  it("reaches the App's and the installation's routes", async () => {
    const own = appClient(stage.github.api);
    expect((await own.rest.apps.listInstallations()).data).toMatchObject([{ id: stage.installation, account: { login: "acme" } }]);
    expect((await own.rest.apps.getRepoInstallation(shop)).data.id).toBe(stage.installation);
    expect((await stage.app.rest.apps.listReposAccessibleToInstallation()).data.repositories.map(({ name }) => name)).toContain("shop");
  });
});

import { describe, expect, it } from "vitest";
import { refreshing } from "../../src/github/refreshing.js";
import { FakeGitHub, RequestError } from "./fake-github.js";

const route = "POST /repos/{owner}/{repo}/check-runs";

/** An API that takes the token only after so many new ones. */
function stage(needed: number, status = 401) {
  let tokens = 0;
  const github = new FakeGitHub({
    [route]: () => {
      if (tokens < needed) throw new RequestError(status, "Bad credentials");
      return { id: 1 };
    },
  });
  const auth = async (): Promise<void> => {
    tokens += 1;
  };
  const client = refreshing({ request: github.request.bind(github), graphql: github.graphql.bind(github), auth }, 7);
  return { client, github, tokens: () => tokens };
}

describe("a token that GitHub does not take any more (R20)", () => {
  it("is renewed once, and the request is sent once more", async () => {
    const { client, github, tokens } = stage(1);
    expect((await client.request(route)).data).toEqual({ id: 1 });
    expect([github.sent.length, tokens()]).toEqual([2, 1]);
  });

  it("is not renewed a second time", async () => {
    const { client, github, tokens } = stage(2);
    await expect(client.request(route)).rejects.toMatchObject({ status: 401 });
    expect([github.sent.length, tokens()]).toEqual([2, 1]);
  });

  it("is left alone by every other failure, which is not sent again", async () => {
    const { client, github, tokens } = stage(1, 502);
    await expect(client.request(route)).rejects.toMatchObject({ status: 502 });
    expect([github.sent.length, tokens()]).toEqual([1, 0]);
  });
});

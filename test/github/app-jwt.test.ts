import { createVerify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createAppJwt } from "../../src/github/app-jwt.js";
import { keys } from "../github-double/stage.js";

const start = Date.parse("2026-01-05T09:00:00Z");

interface Claims {
  readonly iat: number;
  readonly exp: number;
  readonly iss: number;
}

function claimsOf(authorization: string): Claims {
  const [head = "", claims = "", signature = ""] = authorization.replace("bearer ", "").split(".");
  const verified = createVerify("RSA-SHA256").update(`${head}.${claims}`).verify(keys.app.publicKey, Buffer.from(signature, "base64url"));
  expect(verified).toBe(true);
  return JSON.parse(Buffer.from(claims, "base64url").toString("utf8"));
}

/** GitHub, whose clock is `ahead` milliseconds before ours, and which takes no token from its own future or that has run out. */
function github(ahead: number) {
  const seen: Claims[] = [];
  const others: string[] = [];
  const send: typeof fetch = async (_, init) => {
    const given = new Headers(init?.headers).get("authorization") ?? "";
    const theirs = start + ahead;
    const headers = { date: new Date(theirs).toUTCString() };
    if (!given.includes("bearer ey")) {
      others.push(given);
      return new Response("{}", { status: 401, headers });
    }
    const claims = claimsOf(given);
    seen.push(claims);
    const good = claims.iat * 1000 <= theirs && claims.exp * 1000 > theirs && claims.exp * 1000 <= theirs + 660_000;
    return new Response("{}", { status: good ? 200 : 401, headers });
  };
  const signed = createAppJwt({ appId: 7, privateKey: keys.app.privateKey, now: () => start }).signing(send);
  return {
    seen,
    others,
    ask: (authorization = "bearer eyX.eyY.Z") => signed("https://api.github.test/app", { headers: { authorization } }),
  };
}

describe("the App's own token", () => {
  it("is issued a minute ago and good for nine more (R13)", async () => {
    const { seen, ask } = github(0);
    expect((await ask()).status).toBe(200);
    expect(seen).toEqual([{ iss: 7, iat: start / 1000 - 60, exp: start / 1000 + 540 }]);
  });

  it.each([3_600_000, -3_600_000])(
    "is made once more by GitHub's clock when ours is %i ms off, and by it from then on (R13)",
    async (ahead) => {
      const { seen, ask } = github(ahead);
      expect((await ask()).status).toBe(200);
      expect((await ask()).status).toBe(200);
      expect(seen.map(({ iat }) => iat - start / 1000)).toEqual([-60, ahead / 1000 - 60, ahead / 1000 - 60]);
    },
  );

  it("is sent once when GitHub refuses it for another reason than the time (R13)", async () => {
    const seen: number[] = [];
    const send: typeof fetch = async () => {
      seen.push(1);
      return new Response("{}", { status: 401, headers: { date: new Date(start).toUTCString() } });
    };
    const signed = createAppJwt({ appId: 7, privateKey: keys.app.privateKey, now: () => start }).signing(send);
    expect((await signed("https://api.github.test/app", { headers: { authorization: "bearer eyX.eyY.Z" } })).status).toBe(401);
    expect(seen).toEqual([1]);
  });

  it("takes no other token's place, and is no answer to its refusal", async () => {
    const { others, seen, ask } = github(3_600_000);
    expect((await ask("token ghs_7_abc")).status).toBe(401);
    expect([others, seen]).toEqual([["token ghs_7_abc"], []]);
  });
});

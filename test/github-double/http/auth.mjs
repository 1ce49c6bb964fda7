import { createVerify } from "node:crypto";
import { Refusal } from "./refusal.mjs";

const undecodable = () => new Refusal(401, "A JSON web token could not be decoded");
const skew = 60;
const longestLife = 600;

const part = (text) => JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
const looksLikeJwt = (token) => token.split(".").length === 3 && token.startsWith("ey");

/**
 * Who calls: `{ kind: "jwt", app }`, `{ kind: "installation", installation, permissions }`, `{ kind: "personal", user,
 * permissions }` or `{ kind: "none" }`. Throws 401 as GitHub does.
 */
export function authenticate(world, header) {
  if (!header) return { kind: "none" };
  const token = /^(?:token|bearer)\s+(\S+)$/i.exec(header)?.[1];
  if (!token) throw new Refusal(401, "Bad credentials");
  if (looksLikeJwt(token)) return { kind: "jwt", app: appOf(world, token) };
  const known = world.tokens.get(token);
  if (!known || (known.expiresAt !== null && known.expiresAt <= world.clock.now())) throw new Refusal(401, "Bad credentials");
  if (known.kind === "installation") demandActive(world, known.installation);
  return known;
}

function demandActive(world, installation) {
  if (!world.installations.has(installation.id)) throw new Refusal(401, "Bad credentials");
  if (installation.suspendedAt) throw new Refusal(403, "This installation has been suspended");
}

function appOf(world, token) {
  const [head, claims, signature] = token.split(".");
  const { header, payload } = decode(head, claims);
  const app = world.apps.get(Number(payload.iss)) ?? null;
  if (header.alg !== "RS256" || app === null) throw undecodable();
  const verified = createVerify("RSA-SHA256").update(`${head}.${claims}`).verify(app.publicKey, Buffer.from(signature, "base64url"));
  if (!verified) throw undecodable();
  demandCurrent(payload, world.faults.state.skewSeconds);
  return app;
}

function decode(head, claims) {
  try {
    return { header: part(head), payload: part(claims) };
  } catch {
    throw undecodable();
  }
}

/** A caller signs with the clock of its machine, so that is what it is held to: virtual time says nothing here. */
function demandCurrent({ iat, exp }, skewSeconds) {
  const now = Date.now() / 1000 + skewSeconds;
  if (!Number.isInteger(exp) || exp <= now) {
    const rule = "must be a numeric value representing the future time at which the assertion expires";
    throw new Refusal(401, `'Expiration time' claim ('exp') ${rule}`);
  }
  if (exp > now + longestLife + skew) throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  if (!Number.isInteger(iat) || iat > now + skew) {
    throw new Refusal(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
  }
}

/** What the journal keeps of a caller: ids and names, never a token. */
export function describeCaller(caller) {
  if (caller.kind === "jwt") return { kind: "jwt", app: caller.app.id };
  if (caller.kind === "installation") return { kind: "installation", installation: caller.installation.id };
  return caller.kind === "personal" ? { kind: "pat", user: caller.user.login } : { kind: "none" };
}

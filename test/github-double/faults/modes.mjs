import { Refusal } from "../http/refusal.mjs";
import { pick } from "./draw.mjs";

const broken = [500, 502, 503, 504];
const hour = 3_600;

function fail({ status, drawn }) {
  throw new Refusal(status ?? pick(broken, drawn), "Server Error");
}

function limited(status, message, headers) {
  throw Object.assign(new Refusal(status, message), { headers });
}

/** The hour is used up: nothing remains until the reset. */
function limitPrimary(world, { resetSeconds = hour }) {
  const reset = `${Math.ceil(world.clock.now() / 1000) + resetSeconds}`;
  const headers = { "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "0", "x-ratelimit-used": "5000", "x-ratelimit-reset": reset };
  limited(403, "API rate limit exceeded for installation ID 1.", headers);
}

function limitSecondary({ status = 403, retryAfter }) {
  const headers = retryAfter === undefined || retryAfter === null ? {} : { "retry-after": `${retryAfter}` };
  limited(status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", headers);
}

/** Every token of this caller is worthless from now on. */
function expire(world, { installation }) {
  const worthless = [...world.tokens].filter(([, known]) => installation && known.installation === installation);
  for (const [token] of worthless) world.tokens.delete(token);
  throw new Refusal(401, "Bad credentials");
}

function suspend(world, { installation }) {
  if (!installation) return;
  installation.suspendedAt = world.clock.iso();
  throw new Refusal(403, "This installation has been suspended");
}

function uninstall(world, { installation }) {
  if (!installation) return;
  world.installations.delete(installation.id);
  throw new Refusal(401, "Bad credentials");
}

function removeRepository(world, { installation }, repository) {
  if (!installation || !repository) return;
  const left = [...world.repositories.values()].filter(({ owner, id }) => owner === installation.account && id !== repository.id);
  installation.repositories = left.map(({ name }) => name);
  throw new Refusal(404, "Not Found");
}

/** A rewritten Location: another host, an address that only the inside of a network has, or a link that has expired. */
function lead({ to = "elsewhere" }, answer) {
  const location = answer.headers?.location;
  if (location === undefined) return answer;
  const url = new URL(location);
  const places = {
    elsewhere: () => Object.assign(url, { hostname: "localhost" }),
    private: () => new URL("http://169.254.169.254/latest/meta-data/"),
    expired: () => Object.assign(url, { pathname: "/artifacts/expired.zip" }),
  };
  return { ...answer, headers: { ...answer.headers, location: places[to]().href } };
}

/**
 * `before` runs instead of the route and throws GitHub's refusal; `after` changes what was answered. `delivery` says what
 * becomes of the answer on its way: `reset` cuts the connection, `never` leaves it open, `drip` sends a byte a second.
 */
export const modes = {
  fail: { before: (_world, fault) => fail(fault) },
  outage: { before: (_world, fault) => fail({ status: 503, ...fault }) },
  "applied-then-502": { after: () => ({ status: 502, headers: {}, body: { message: "Server Error" } }) },
  "applied-then-reset": { delivery: "reset" },
  "applied-then-hang": { delivery: "never" },
  hang: { delivery: "never", skips: true },
  drip: { delivery: "drip" },
  "limit-primary": { before: limitPrimary },
  "limit-secondary": { before: (_world, fault) => limitSecondary(fault) },
  "token-expire": { before: (world, _fault, caller) => expire(world, caller) },
  "perm-drop": {
    before: () => {
      throw new Refusal(403, "Resource not accessible by integration");
    },
  },
  suspend: { before: (world, _fault, caller) => suspend(world, caller) },
  uninstall: { before: (world, _fault, caller) => uninstall(world, caller) },
  "repo-removed": { before: (world, _fault, caller, repository) => removeRepository(world, caller, repository) },
  "redirect-evil": { after: (_world, fault, answer) => lead(fault, answer) },
};

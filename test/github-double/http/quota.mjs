const hour = 3_600_000;
const limits = { installation: 5000, pat: 5000, jwt: 5000, none: 60 };

/** Counts calls per caller and hour of virtual time and tells the headers; it never refuses. */
export function createQuota(world) {
  const windows = new Map();

  function windowOf(auth) {
    const key = JSON.stringify(auth);
    const known = windows.get(key);
    if (known && known.reset > world.clock.now()) return known;
    const fresh = { used: 0, limit: limits[auth.kind], reset: world.clock.now() + hour };
    windows.set(key, fresh);
    return fresh;
  }

  return {
    windowOf,
    /** The headers of an answer; what was not modified, and the question itself, cost nothing. */
    headers({ auth, operation }, status) {
      const window = windowOf(auth);
      if (status !== 304 && operation !== "rate-limit/get") window.used += 1;
      return {
        "x-ratelimit-limit": `${window.limit}`,
        "x-ratelimit-remaining": `${Math.max(0, window.limit - window.used)}`,
        "x-ratelimit-used": `${window.used}`,
        "x-ratelimit-reset": `${Math.floor(window.reset / 1000)}`,
        "x-ratelimit-resource": "core",
      };
    },
  };
}

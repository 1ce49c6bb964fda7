import { draw, within } from "./draw.mjs";

/**
 * What becomes of one delivery. Of `sender`, shares of all deliveries: `drop` (never sent, and GitHub lists no failure),
 * `duplicate` (the same GUID and bytes again), `reorder`, `delay` and `replay` (`{ probability, ms }`: held back for up to,
 * or for, so long; the same signed bytes later under a GUID of their own) and `wrongSecret`.
 */
export function fateOf({ seed = "", drop = 0, duplicate = 0, reorder, delay, replay, wrongSecret = 0 }, { guid }) {
  const struck = (name, probability) => draw(seed, guid, name) < probability;
  const timed = (name, rule) => (rule && struck(name, rule.probability ?? 1) ? within(rule.ms, draw(seed, guid, name, "ms")) : null);
  const dropped = struck("drop", drop);
  const held = { reorder: timed("reorder", reorder && { ...reorder, ms: [0, reorder.ms] }), delay: timed("delay", delay) };
  const again = { duplicate: struck("duplicate", duplicate) ? draw(seed, guid, "again") * 2000 : null, replay: timed("replay", replay) };
  const secret = struck("secret", wrongSecret) ? "not the secret of this app" : undefined;
  const told = { drop: dropped || null, ...held, ...again, wrongSecret: secret ?? null };
  return {
    dropped,
    secret,
    afterMs: (held.reorder ?? 0) + (held.delay ?? 0),
    againMs: [again.duplicate].filter((ms) => ms !== null),
    replayMs: [again.replay].filter((ms) => ms !== null),
    told: Object.keys(told).filter((name) => told[name] !== null),
  };
}

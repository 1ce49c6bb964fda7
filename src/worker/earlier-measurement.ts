import type { Measured } from "../model/verdict.js";
import type { KnownPull, Store } from "../store/store.js";

/** What was measured at the newest earlier head of this pull request that was measured at all; null where none was. */
export async function earlierMeasurement(
  known: KnownPull,
  { overrides, pulls }: Pick<Store, "overrides" | "pulls">,
): Promise<Measured | null> {
  const measured = (await pulls.verdicts(known)).flatMap((verdict) => verdict.measured ?? []).filter(({ sha }) => sha !== known.headSha);
  if (measured.length === 0) return null;
  const seen = (await overrides.sightings(known)).map(({ headSha }) => headSha);
  // A head that no event told of is taken for the newest: to be measured once more harms nobody.
  const ageOf = ({ sha }: Measured): number => (seen.includes(sha) ? seen.length - seen.lastIndexOf(sha) : 0);
  return measured.toSorted((one, other) => ageOf(one) - ageOf(other))[0] ?? null;
}

import type { BothSides, CountedCall, CountedEntry, CountedStatement, EntryDecision } from "../model/counts.js";
import type { EntryRun, RuntimeEntry, RuntimeRun, RuntimeStatement, StatementCount } from "../model/runtime.js";
import { type Text, text } from "../model/text.js";
import { byCount, type Paired, pairRuns, sentIn, signature } from "./runtime-pairs.js";
import { slopeOf } from "./runtime-slope.js";

/** One entry on both sides; the head's where both have it. */
interface Sides {
  readonly head: RuntimeEntry | undefined;
  readonly base: RuntimeEntry | undefined;
}

/** What a comparison of entries looks things up in. */
interface Records {
  readonly head: RuntimeRun;
  readonly base: RuntimeRun | null;
  readonly statements: ReadonlyMap<string, RuntimeStatement>;
}

const keyOf = ({ kind, key, service = "" }: RuntimeEntry): string => JSON.stringify([kind, key, service]);

const folderCount = ({ files }: RuntimeRun): number => new Set(files.map((file) => file.slice(0, file.lastIndexOf("/") + 1))).size;

const most = (values: readonly number[]): number => values.reduce((largest, value) => Math.max(largest, value), 0);

/** The largest of a figure over the runs of each side. */
const largest = (head: readonly EntryRun[], base: readonly EntryRun[] | null, of: (run: EntryRun) => number): BothSides => ({
  head: most(head.map(of)),
  base: base && most(base.map(of)),
});

/** Of each statement the run that sent it most. */
function countsOf(runs: readonly EntryRun[]): ReadonlyMap<string, StatementCount> {
  const found = new Map<string, StatementCount>();
  for (const { statements } of runs) {
    for (const one of statements) if (one.count > (found.get(one.fingerprint)?.count ?? 0)) found.set(one.fingerprint, one);
  }
  return found;
}

function rowsOf(head: StatementCount | undefined, base: StatementCount | undefined): Pick<CountedStatement, "rows"> {
  return head?.rows === undefined ? {} : { rows: { head: head.rows, base: base?.rows ?? null } };
}

function statementsOf(
  head: readonly EntryRun[],
  base: readonly EntryRun[] | null,
  known: Records["statements"],
): readonly CountedStatement[] {
  const [own, earlier] = [countsOf(head), countsOf(base ?? [])];
  const counted = [...new Set([...own.keys(), ...earlier.keys()])].flatMap((fingerprint): CountedStatement[] => {
    const statement = known.get(fingerprint);
    const [here, before] = [own.get(fingerprint), earlier.get(fingerprint)];
    if (!statement) return [];
    const { under, code } = here ?? {};
    const where = { ...(under !== undefined && { under }), ...(code && { code }) };
    return [{ statement, head: here?.count ?? 0, base: base && (before?.count ?? 0), ...rowsOf(here, before), ...where }];
  });
  return counted.sort((one, other) => other.head - one.head || (other.base ?? 0) - (one.base ?? 0));
}

/** Of each target the run that asked it most. */
function askedOf(runs: readonly EntryRun[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { calls } of runs) for (const { target, count } of calls) found.set(target, Math.max(count, found.get(target) ?? 0));
  return found;
}

function callsOf(head: readonly EntryRun[], base: readonly EntryRun[] | null): readonly CountedCall[] {
  const before = base && askedOf(base);
  return [...askedOf(head)].map(([target, count]) => ({ target, head: count, base: before && (before.get(target) ?? 0) }));
}

/** The pair that grew most; where none did, the one that shrank least. */
function worstPair({ head, base }: Paired): BothSides {
  const pairs = head.map((run, at) => ({ head: sentIn(run), base: base[at] ? sentIn(base[at]) : 0 }));
  return pairs.reduce((worst, pair) => (pair.head - pair.base > worst.head - worst.base ? pair : worst), pairs[0] ?? { head: 0, base: 0 });
}

function decisionOf({ head, base }: Paired, worst: BothSides): EntryDecision {
  if (worst.base !== null && worst.head > worst.base) return "more";
  return head.some((run, at) => base[at] !== undefined && sentIn(run) < sentIn(base[at])) ? "fewer" : "same";
}

const isAlike = ({ head, base }: Paired): boolean =>
  head.every((run, at) => base[at] !== undefined && signature(run) === signature(base[at]));

/** Nothing at all reached the database, where something did before: that is the instrumentation more often than the code. */
function withoutSpans(head: readonly EntryRun[], base: readonly EntryRun[]): boolean {
  return head.every((run) => sentIn(run) + run.noise === 0) && base.some((run) => sentIn(run) > 0);
}

const NO_SPANS = text`not checkable: no database spans here, where the base has some`;

interface Compared {
  readonly decision: EntryDecision;
  readonly reason?: Text;
  readonly queries: BothSides;
  readonly alike: boolean;
}

const aside = (head: readonly EntryRun[], decision: EntryDecision, reason?: Text): Compared => ({
  decision,
  ...(reason && { reason }),
  queries: { head: most(head.map(sentIn)), base: null },
  alike: false,
});

function compared({ head, base }: Sides, records: Records): Compared {
  const own = head?.runs ?? [];
  if (!base || !records.base) return aside(own, "new");
  if (!head) return { ...aside([], "missing"), queries: { head: 0, base: most(base.runs.map(sentIn)) } };
  if (withoutSpans(own, base.runs)) return aside(own, "not-compared", NO_SPANS);
  const pairs = pairRuns({ runs: own, folders: folderCount(records.head) }, { runs: base.runs, folders: folderCount(records.base) });
  if ("reason" in pairs) return aside(own, "not-compared", pairs.reason);
  const queries = worstPair(pairs);
  return { decision: decisionOf(pairs, queries), queries, alike: isAlike(pairs) };
}

function entryOf(sides: Sides, records: Records): readonly CountedEntry[] {
  const entry = sides.head ?? sides.base;
  if (!entry) return [];
  const { kind, key, endpoint, service } = entry;
  const head = sides.head?.runs ?? [];
  const base = sides.base?.runs ?? null;
  const slope = slopeOf(head, base, records.statements);
  return [
    {
      kind,
      key,
      name: endpoint ?? key,
      ...(service !== undefined && { service }),
      ...compared(sides, records),
      runs: { head: byCount(head).map(sentIn), base: byCount(base ?? []).map(sentIn) },
      statements: statementsOf(head, base, records.statements),
      calls: callsOf(head, base),
      spans: largest(head, base, ({ spans }) => spans),
      connections: largest(head, base, ({ connections }) => connections),
      noise: largest(head, base, ({ noise }) => noise),
      ...(slope && { slope }),
      measured: head.length > 0 && head.every(({ measured }) => measured === true),
    },
  ];
}

/** What happens below no entry, or in one connection, has no name that both sides know. */
const isComparable = ({ kind }: RuntimeEntry): boolean => kind !== "outside" && kind !== "session";

/** Every entry of either side, counted; the head's in their order, then those that only the base has. */
export function countEntries(head: RuntimeRun, base: RuntimeRun | null): readonly CountedEntry[] {
  const statements = new Map([...(base?.statements ?? []), ...head.statements].map((one) => [one.fingerprint, one]));
  const earlier = new Map((base?.entries ?? []).map((entry) => [keyOf(entry), entry]));
  const own = new Set(head.entries.map(keyOf));
  const missing = (base?.entries ?? []).filter((entry) => !own.has(keyOf(entry)));
  const sides: readonly Sides[] = [
    ...head.entries.filter(isComparable).map((entry) => ({ head: entry, base: earlier.get(keyOf(entry)) })),
    ...missing.filter(isComparable).map((entry) => ({ head: undefined, base: entry })),
  ];
  return sides.flatMap((each) => entryOf(each, { head, base, statements }));
}

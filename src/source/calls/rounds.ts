import type { CallFact, FileFacts, LoopFact } from "../../model/source.js";
import { names, wordsOf } from "./names.js";
import { perFile } from "./per-file.js";

/** What makes a transaction for what it is given, or for the block that it opens. */
const TRANSACTIONS = names(
  "$transaction transaction withTransaction inTransaction runInTransaction WithTx InTx atomic RunInTx ExecTx WithTransaction",
);
/** Options by which a row is locked until its transaction ends. */
const LOCKS = names("lock select_for_update with_for_update forUpdate for_update setLock");
/** Words of what happens by itself, when its time has come. */
const DUE = names("expired expiring overdue stale outdated orphan orphans orphaned stuck");
/** Functions that run once, when a program starts, by the first word of their names. */
const STARTING = names("init initialize initialise startup");
const STARTS = names("main ready onModuleInit onApplicationBootstrap OnModuleInit");

const transactions = perFile(({ calls }) => calls.filter(({ method, loop }) => loop !== null && TRANSACTIONS(method)));

/** Each round is a transaction of its own: what fails in one leaves the others alone, and that is why they are not one statement. */
export function hasOwnTransaction({ start, end }: CallFact, file: FileFacts, loop: LoopFact): boolean {
  return transactions(file).some((made) => {
    if (file.loops[made.loop ?? -1] !== loop) return false;
    return made.use.how === "scope" ? made.end < start : made.start < start && end < made.end;
  });
}

/** Rows are locked one by one, in an order that somebody thought of. */
export const isLocking = ({ chain, arguments: given }: CallFact): boolean =>
  chain.some(LOCKS) || given.some(({ keyword, keys }) => [keyword ?? "", ...keys].some(LOCKS));

/** A job over what is due: it runs often, so that few are due at a time, and nobody waits for it. */
export function isOverDue(call: CallFact, { functions }: FileFacts, { header }: LoopFact): boolean {
  const name = functions[call.function ?? -1]?.path.split(".").at(-1) ?? "";
  return [...wordsOf(header), ...wordsOf(name)].some(DUE);
}

/** In a function that runs when the program starts. */
export const isAtStart = (call: CallFact, { functions }: FileFacts): boolean =>
  (functions[call.function ?? -1]?.path ?? "").split(".").some((name) => STARTS(name) || STARTING(wordsOf(name)[0] ?? ""));

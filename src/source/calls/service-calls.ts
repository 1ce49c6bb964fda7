import type { CallFact } from "../../model/source.js";
import { rubyModel } from "./database-calls.js";
import { holderOf, names } from "./names.js";

const VERBS = names("find* save* delete* update* count* exists* load* create*");
/** Services that hold no data of a database. */
const NOT_STORES = names("executorService *ExecutorService messageService mailService emailService cacheService *CacheService i18nService");
const WHOLE = names("all where");
/** What keeps a relation short, or makes something else of it. */
const BOUNDING = names("limit first last take find_each find_in_batches in_batches pluck group count distinct pick ids");

/** Whether a service of Java's is asked to find or write something: `orderService.findById(id)`. */
export function isServiceCall(call: CallFact): boolean {
  const holder = holderOf(call);
  return !call.constructs && /[sS]ervice$/.test(holder) && !NOT_STORES(holder) && VERBS(call.method);
}

/** Whether all rows of a table that match are loaded to go through them: `Order.where(…).each { … }`. */
export function isEachOfTable(call: CallFact): boolean {
  const { method, chain } = call;
  return method === "each" && (rubyModel(call) ?? "") !== "" && chain.some(WHOLE) && !chain.some(BOUNDING);
}

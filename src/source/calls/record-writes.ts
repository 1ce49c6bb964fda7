import type { CallFact, FileFacts } from "../../model/source.js";
import { bare, isCapitalised, names } from "./names.js";

const PYTHON_VERBS = names("save delete refresh_from_db asave adelete arefresh_from_db");
/** Names of things that are saved or deleted without a database. */
const PYTHON_NOT_RECORDS = names(
  `form *_form forms serializer *_serializer fig figure *_fig image *_image img *_img im plt file *_file f workbook wb doc document *_doc
   pdf canvas plot chart ax model *_model checkpoint writer cache *_cache storage *_storage default_storage s3 bucket blob *_blob key
   response client *_client session config settings state path archive thumbnail thumb audio video presentation prs book sheet tokenizer`,
);
const RUBY_VERBS = names(
  "save! save update! update_column update_columns update_attribute update_attributes! destroy! destroy touch increment! decrement! toggle! reload",
);
const RUBY_NOT_RECORDS = names("digest hash cipher *_hash cache *_cache config *_config form *_form file image logger router watcher");

const lastOf = (call: CallFact): string => bare(call.receiver.at(-1) ?? "");

/** `order.save()`; with a positional argument it is an image or a document that is saved under a name. */
function isPythonWrite(call: CallFact): boolean {
  const { receiver, method, chain, root } = call;
  const last = lastOf(call);
  if (
    !PYTHON_VERBS(method) ||
    root !== "name" ||
    chain.length > 1 ||
    receiver.length === 0 ||
    receiver[0] === "self" ||
    receiver[0] === "super"
  )
    return false;
  if (call.arguments.some(({ keyword, kind }) => keyword === null && kind !== "spread")) return false;
  return !isCapitalised(last) && !PYTHON_NOT_RECORDS(last.toLowerCase());
}

/** `order.update!(…)` on a variable; a longer chain is a relation and another rule's matter. */
function isRubyWrite({ receiver, method, chain }: CallFact): boolean {
  const [name] = receiver;
  if (name === undefined || receiver.length > 1 || chain.length > 1 || !RUBY_VERBS(method)) return false;
  return /^@{0,2}[a-z_]/.test(name) && name !== "self" && !RUBY_NOT_RECORDS(bare(name));
}

/** Whether a call writes or reads again one record by itself. */
export function isRecordWrite(call: CallFact, { language }: FileFacts): boolean {
  if (language === "python") return isPythonWrite(call);
  return language === "ruby" && isRubyWrite(call);
}

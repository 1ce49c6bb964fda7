import { type CountedEntry, type CountedSuite, isUnit, REPEATED } from "../model/counts.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { Rule } from "../model/rule.js";
import { type Text, text } from "../model/text.js";
import { counted, doubtOf } from "../sql/counted-phrases.js";
import { complete, type Examination, partial } from "./examination.js";
import { searchedCode } from "./examine-code.js";

const ofCode = searchedCode("queries/no-n-plus-one");

/** A server's totals tell nothing of one request, and a log without entries neither. */
function units(suites: readonly CountedSuite[]): readonly CountedEntry[] {
  return suites.flatMap(({ entries }) => entries.filter((entry) => isUnit(entry) && entry.runs.head.length > 0));
}

const isRepeating = ({ statements }: CountedEntry): boolean => statements.some(({ head }) => head >= REPEATED);

const isConstant = ({ slope }: CountedEntry): boolean => slope !== undefined && slope.counts[1] <= slope.counts[0];

const isGrowing = ({ slope }: CountedEntry): boolean => slope !== undefined && slope.counts[1] > slope.counts[0];

const many = (entries: readonly CountedEntry[]): Text =>
  text`${counted(entries.length)} traced ${entries.length === 1 ? ["request or test"] : ["requests and tests"]}`;

function seenIn(entries: readonly CountedEntry[]): Text {
  const repeating = entries.filter(isRepeating).length;
  const constant = entries.filter(isConstant).length;
  const repeats =
    repeating === 0
      ? text`no statement sent ${REPEATED} times by one of ${many(entries)}`
      : text`${counted(repeating)} of ${many(entries)} ${repeating === 1 ? ["repeats"] : ["repeat"]} a statement`;
  return constant === 0 ? repeats : text`${repeats}; as many statements at two sizes of data in ${counted(constant)} of them`;
}

function examined(suites: readonly CountedSuite[], entries: readonly CountedEntry[]): Examination {
  const seen = seenIn(entries);
  const doubt = suites.map(({ completeness }) => doubtOf(completeness)).find((one) => one !== null);
  if (doubt) return partial(text`the record of what the tests did is not complete: ${doubt}`, seen);
  if (entries.some(isRepeating) || entries.some(isGrowing))
    return partial(text`whether a repetition is meant, only a person can say`, seen);
  if (entries.some(isConstant)) return complete(seen);
  return partial(
    text`a test with one parent row cannot show N+1: run one with two sizes of data (\`redline.scale\`), or tick this line`,
    seen,
  );
}

/**
 * What the tests sent outranks what the code looks like. Only an equal number of statements at two sizes of data, in a
 * complete record without a repeated statement, is a pass.
 */
export function noRepeats(evidence: CollectedEvidence, ran: readonly Rule[]): Examination {
  const code = ofCode(evidence, ran);
  const suites = evidence.runtime.status === "collected" ? evidence.runtime.value.suites : [];
  const entries = units(suites);
  if (entries.length === 0) return code;
  const isQuiet = entries.every(({ decision }) => decision === "same");
  return code.status === "not-applicable" && isQuiet ? code : examined(suites, entries);
}

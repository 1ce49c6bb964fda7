import type { CollectedEvidence } from "../model/evidence.js";
import type { Finding, Severity } from "../model/rule.js";
import type { StatementFile, Statements } from "../model/statements.js";
import { text } from "../model/text.js";
import { type RuleResults, worstFirst } from "./run-rules.js";

const ORDER: readonly Severity[] = ["blocking", "warning", "notice", "question"];

const NOT_SEEN = { status: "absent", reason: text`the head's own workflow handed it in` } as const;

function ownAlone(statements: Statements): Statements {
  const files = statements.files
    .filter(({ delivered }) => !delivered)
    .map((file) => ({
      ...file,
      statements: file.statements.map((one) => {
        if (one.state !== "parsed" || statements.schema.status === "absent" || !statements.schema.value.delivered) return one;
        const { observed: _, ...unseen } = one;
        return unseen;
      }),
    }));
  const isDelivered = statements.schema.status === "collected" && statements.schema.value.delivered;
  return { ...statements, files, ...(isDelivered && { schema: NOT_SEEN }) };
}

/** What is known without the SQL of the head's workflow; null where it handed none in. */
function withoutDelivered(evidence: CollectedEvidence): CollectedEvidence | null {
  const { statements } = evidence;
  if (statements.status === "absent") return null;
  const { files, schema } = statements.value;
  const isBuiltOnIt = schema.status === "collected" && schema.value.delivered;
  if (!isBuiltOnIt && files.every(({ delivered }) => !delivered)) return null;
  return {
    ...evidence,
    statements: { status: "collected", value: ownAlone(statements.value) },
    ...(isBuiltOnIt && { plans: NOT_SEEN }),
  };
}

const isAlike = (left: Finding, right: Finding): boolean => left.rule === right.rule && left.at?.path === right.at?.path;
const rank = ({ severity }: Finding): number => ORDER.indexOf(severity);

/** Of `own` nothing goes but what `all` says worse of the same line; of `all` comes what is new, or worse. */
function merged(own: readonly Finding[], all: readonly Finding[]): readonly Finding[] {
  const added = all.filter((finding) => !own.some((one) => isAlike(one, finding) && rank(one) <= rank(finding)));
  const kept = own.filter((one) => !added.some((worse) => isAlike(one, worse) && one.at?.line === worse.at?.line));
  return [...kept, ...added];
}

/** A delivered file is not in the repository: its findings stand where it says that the statement was made, or nowhere. */
function placed(finding: Finding, files: readonly StatementFile[]): Finding {
  const { at, ...rest } = finding;
  const file = files.find(({ path, delivered }) => delivered && path === at?.path);
  if (!at || !file) return finding;
  const message = text`${finding.message} The statement is at line ${at.line} of ${at.path}, which this head's workflow handed in.`;
  const source = file.delivered?.findLast(({ from }) => from <= at.line);
  return { ...rest, message, ...(source && source.path !== null && { at: { path: source.path, line: source.line } }) };
}

/**
 * Runs the rules on everything, and once more on what the repository alone tells: the workflow of a pull request is its
 * author's, so what it hands in may add findings, and takes none away from statements of the repository.
 */
export function besideDelivered(evidence: CollectedEvidence, run: (evidence: CollectedEvidence) => RuleResults): RuleResults {
  const results = run(evidence);
  const without = withoutDelivered(evidence);
  if (!without || evidence.statements.status === "absent") return results;
  const { files } = evidence.statements.value;
  const findings = merged(run(without).findings, results.findings).map((finding) => placed(finding, files));
  return { ...results, findings: [...findings].sort(worstFirst) };
}

import type { RunSource } from "../model/evidence.js";
import type { Unit } from "../model/measurement.js";
import type { Commit, Snapshot } from "../model/pull-request.js";
import type { Range } from "../model/rule.js";
import { figure, type Link, type Text, text } from "../model/text.js";
import { formatQuantity, formatRatio, formatShare } from "../statistics/quantity.js";

/** `1 run`, `3 runs`. The noun is ours. */
export const count = (n: number, noun: string): Text => [`${n} ${noun}${n === 1 ? "" : "s"}`];

const NONE: Text = ["none"];

/** A value in its unit; an error rate is a share in percent. */
export function amount(value: number | null, unit: Unit, metric: string): Text {
  if (value === null) return NONE;
  return figure(metric.startsWith("error_rate") ? formatShare(value) : formatQuantity(value, unit));
}

export const ratio = (change: number | null): Text => (change === null ? NONE : figure(formatRatio(change)));

export const shortSha = (sha: string): string => sha.slice(0, 7);

/** A commit as a link to its page, where there is one. */
export const commit = ({ sha, url }: Commit): Text => (url === undefined ? text`${shortSha(sha)}` : [{ label: shortSha(sha), url }]);

/** A workflow run as a link. */
export const workflowRun = (run: RunSource): Text => [
  { label: `run ${run.id}`, url: run.url },
  ...(run.attempt > 1 ? [` (attempt ${run.attempt})`] : []),
];

const LONE_SURROGATE = /\p{Cs}/u;

// encodeURIComponent leaves !'()* alone, which Markdown could read; `..` would lead out of the repository.
const segment = (name: string): string =>
  encodeURIComponent(name).replace(/[!'()*]/gu, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const addressable = (path: string): boolean =>
  !LONE_SURROGATE.test(path) && path.split("/").every((name) => name !== "" && name !== "." && name !== "..");

/** `path:line`, linked to those lines of the file at the head. */
export function place(at: Range, { repositoryUrl, head }: Pick<Snapshot, "repositoryUrl" | "head">): Text {
  const label = `${at.path}:${at.line}`;
  if (repositoryUrl === undefined || !addressable(at.path) || !/^[0-9a-f]{7,64}$/u.test(head.sha)) return text`${label}`;
  const lines = at.endLine === undefined || at.endLine === at.line ? `#L${at.line}` : `#L${at.line}-L${at.endLine}`;
  const link: Link = { label, url: `${repositoryUrl}/blob/${head.sha}/${at.path.split("/").map(segment).join("/")}${lines}` };
  return [link];
}

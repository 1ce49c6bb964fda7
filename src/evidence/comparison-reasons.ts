import { figure, join, type Text, text } from "../model/text.js";
import { formatMagnitude } from "../statistics/change.js";
import type { Judgement } from "../statistics/judge.js";
import { HISTORY_MINIMUM } from "../statistics/mode-b.js";
import { formatRatio } from "../statistics/quantity.js";

/** What the sentence needs beside the judgement. */
export interface ReasonFacts {
  readonly runs: number;
  /** Runs of history behind the judgement. */
  readonly history: number;
  /** Names of what differs between the two machines; our words. */
  readonly differences: readonly string[];
  readonly blockEffect: number;
  readonly blocks: boolean;
  /** Large enough to block, and not beyond what chance does among so many benchmarks. */
  readonly byChance?: boolean;
  /** Mode A: the commit that was measured in turn with the head; `distance` as in PairedRuns. */
  readonly against?: { readonly sha: string; readonly distance: number | null };
}

const times = (count: number): Text => (count === 1 ? text`once more` : text`${count} more times`);

const anotherMachine = (differences: readonly string[]): Text =>
  text`the baseline was measured on another machine (${join(
    differences.map((name) => [name]),
    ", ",
  )}), which may screen but never blocks`;

const blocking = ({ blocks, byChance, blockEffect, differences, against }: ReasonFacts): Text => {
  const limit = [formatMagnitude(blockEffect)];
  if (blocks) return text`; past the blocking limit of ${limit}`;
  if (differences.length > 0) return text`; ${anotherMachine(differences)}`;
  if (against?.distance === null) return [];
  return byChance
    ? text`; past ${limit}, but among so many benchmarks one may look like that by chance, so it does not block`
    : text`; below the blocking limit of ${limit}`;
};

/** The commit of an interleaved run, where it is not the merge base itself. */
const measuredAgainst = ({ against }: ReasonFacts): Text => {
  if (against === undefined || against.distance === 0) return [];
  const commit = against.sha.slice(0, 7);
  if (against.distance === null)
    return text`; measured against ${commit}, which is not the merge base nor a known ancestor of it, so it never blocks`;
  return text`; measured against ${commit}, ${against.distance} ${against.distance === 1 ? ["commit"] : ["commits"]} before the merge base`;
};

/** Why one stored value is all there is to compare with. */
function poorBaseline({ history, differences }: ReasonFacts): Text {
  if (differences.length > 0) return anotherMachine(differences);
  return text`the default branch has ${history} of the ${HISTORY_MINIMUM} runs that it takes to know the noise`;
}

const setAside = ({ disturbed = 0 }: Judgement): Text =>
  disturbed === 0 ? [] : text`, with ${disturbed} disturbed ${[disturbed === 1 ? "process" : "processes"]} set aside`;

/** Where base and head were measured in turn. */
function pairedReason(judgement: Judgement, facts: ReasonFacts): Text {
  const visible = [formatMagnitude(judgement.visible)];
  switch (judgement.reason) {
    case "beyond-noise":
      return judgement.decision === "regression"
        ? text`beyond noise${setAside(judgement)}${blocking(facts)}`
        : text`beyond noise${setAside(judgement)}`;
    case "equal":
      return text`no difference that matters, as far as ${facts.runs} processes a side can tell${setAside(judgement)}`;
    case "rounds-disagree":
      return text`not decided: the best rounds moved and the typical ones did not, so it may be luck; if the best case is never typical here, set benchmarks.statistic`;
    case "more-processes":
      return text`not decided yet: ${judgement.need ?? 0} processes a side would tell`;
    case "too-noisy":
      return text`too noisy: nothing below ${visible} can be seen`;
    default:
      return text`fewer than ${judgement.need ?? 0} processes a side decide nothing`;
  }
}

/** Where a stored baseline with history was at hand. */
function historyReason(judgement: Judgement, facts: ReasonFacts): Text {
  const visible = figure(formatRatio(judgement.visible));
  const { runs, history } = facts;
  switch (judgement.reason) {
    case "all-runs-over":
      return text`all ${runs} runs are over ${visible}, the most that ${history} runs of history explain${blocking(facts)}`;
    case "all-runs-under":
      return text`all ${runs} runs are better than ${history} runs of history explain`;
    case "reruns-needed":
      return text`over ${visible}, the most that ${history} runs of history explain, in a first look: run it ${times(judgement.need ?? 0)} on this head`;
    case "some-runs-over":
      return text`the median of ${runs} runs is over ${visible}, the most that ${history} runs of history explain, but not every run is`;
    case "improvement-unconfirmed":
      return text`looks better than ${history} runs of history explain; three runs that all do would confirm it`;
    case "quiet":
      return text`within the noise of ${history} runs of history, which would show ${visible}`;
    default:
      return text`this baseline sees nothing below ${visible}: ${history} runs of history are too noisy`;
  }
}

const PAIRED: ReadonlySet<Judgement["reason"]> = new Set([
  "beyond-noise",
  "equal",
  "more-processes",
  "too-noisy",
  "rounds-disagree",
  "too-few-processes",
]);

/** The sentence for a judge's reason, with what would decide where nothing is decided. The figures stand beside it. */
export function comparisonReason(judgement: Judgement, facts: ReasonFacts): Text {
  switch (judgement.reason) {
    case "screened":
      return text`more than ${figure(formatRatio(judgement.visible))} worse, worth a closer look: ${poorBaseline(facts)}`;
    case "no-evidence":
      return text`no evidence either way: ${poorBaseline(facts)}`;
    case "exact":
      return text`an exact count${judgement.decision === "regression" ? blocking(facts) : []}${measuredAgainst(facts)}`;
    case "counter-varies":
      return text`this count is not the same in every run of the same code, so it proves nothing`;
    default:
      return PAIRED.has(judgement.reason)
        ? text`${pairedReason(judgement, facts)}${measuredAgainst(facts)}`
        : historyReason(judgement, facts);
  }
}

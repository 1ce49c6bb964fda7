import { figure, join, type Text, text } from "../model/text.js";
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
}

const times = (count: number): Text => (count === 1 ? text`once more` : text`${count} more times`);

const blocking = ({ blocks, blockEffect }: ReasonFacts): Text => {
  const limit = figure(formatRatio(blockEffect));
  return blocks ? text`; past the blocking limit of ${limit}` : text`; below the blocking limit of ${limit}`;
};

/** Why one stored value is all there is to compare with. */
function poorBaseline({ history, differences }: ReasonFacts): Text {
  if (differences.length > 0) {
    const names = join(
      differences.map((name) => [name]),
      ", ",
    );
    return text`the baseline was measured on another machine (${names}), which may screen but never blocks`;
  }
  return text`${history} of the ${HISTORY_MINIMUM} runs of the default branch that would show the noise`;
}

/** The sentence where base and head were measured in turn, and where a counter was compared. */
function pairedReason(judgement: Judgement, facts: ReasonFacts): Text {
  const visible = figure(formatRatio(judgement.visible));
  switch (judgement.reason) {
    case "beyond-noise":
      return judgement.decision === "regression"
        ? text`beyond the noise between processes${blocking(facts)}`
        : text`beyond the noise between processes`;
    case "equal":
      return text`equal within what ${facts.runs} processes a side can tell`;
    case "more-processes":
      return text`not decided: ${judgement.need ?? 0} processes a side would`;
    case "too-noisy":
      return text`too noisy: nothing below ${visible} can be seen`;
    case "too-few-processes":
      return text`fewer than ${judgement.need ?? 0} processes a side decide nothing`;
    case "counter-varies":
      return text`this counter is not the same in every run of the same code`;
    default:
      return text`an exact count`;
  }
}

/** The sentence for a judge's reason, with what would decide where nothing is decided. */
export function comparisonReason(judgement: Judgement, facts: ReasonFacts): Text {
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
    case "noise-floor":
      return text`this baseline sees nothing below ${visible}: ${history} runs of history are too noisy`;
    case "screened":
      return text`more than ${visible} worse, worth a closer look: ${poorBaseline(facts)}`;
    case "no-evidence":
      return text`no evidence either way: ${poorBaseline(facts)}`;
    default:
      return pairedReason(judgement, facts);
  }
}

/** What docs/judgement.md says about stored histories; the figures are in the tables. */
export const METHOD = `## One value a run and a stored history (mode B)

What CI stores is one value a run. Mode B compares the head's runs with the last 30 values of the default branch, at
least 10 of them, from the same kind of machine, since the last lasting change of level. Everything happens in logs on
the scale where more is worse, so that a time and its rate get the same answer.

A run is *over* when it lies beyond everything that the history explains. The limit is the largest of

- the median, by the smallest effect of interest (5 %);
- the t prediction limit at 1 − .001^(1/m), where m is how many independent runs three consecutive ones are worth, by
  the history's own correlation of a run with the next: 3 without any (so the limit is the one at .90), 1 when a slow
  hour is a slow day (.999);
- by half the smallest effect: the third highest of 30 values, the highest level that was held for two runs in a row,
  and the last run. A state that the benchmark was in before is no regression of this pull request, and a change that
  the default branch has already is somebody else's.

**Three runs, all over, are a regression**, when they are over by more than a quarter of what they differ among
themselves: a real change moves all three alike, three slow runs that disagree are a busy machine. One look never is
one. A first look asks for two reruns when it exceeds the limit and the .975 t prediction limit too ("asks for a rerun" in
the table). The median over, but not every run: *suspect*, shown, closes nothing.

**No change** is said only where a slowdown of the blocking effect (10 %) can be ruled out: the limit lies below it, and
so does the head's median plus the history's own reach towards better, in which a slowdown would hide. Otherwise the
answer is inconclusive, with the change that could not have been seen. An improvement is the mirror image.

The constants were chosen on the first half of every series and frozen in a commit before the other half was read.
"Since the last shift" is how a review judges a history; the other rows are what \`redline judge\` says to the bare 30 values.`;

export const PEERS = `### Beside the rules of other tools

Every rule on the same points, with up to 30 values of history; rows with reruns use the next two runs of the series,
after a first look that is over. "As published" says whether our re-implementation meets the published figures on these
data within .01 false alarms and .02 detection.`;

export const GATE = `## Unchanged pull requests at the gate

Pull requests that change nothing, drawn from the data as whole runs. The gate asks for reruns when a first look is over
or a budget is exceeded in a single run; afterwards only what blocks closes it. The absolute budgets show what headroom
a limit needs on a noisy machine; without budgets those rows do not apply.`;

export const SHIFTS = `## Changes of level after the fact

The pass over the default branch finds where a series left its level: binary segmentation by rank sums, each place
confirmed by Welch's test of up to 30 values on both sides (p < .001, medians at least 5 % apart, at least five runs at
each level). Windows of 50 runs, found within two runs of the true place. "Found where none was put" includes real
changes of machine and tool chain.`;

export const LIMITS = `## Little history (mode C)

With fewer than ten comparable values nothing is decided. More than 25 % worse in the minimum and in the median alike is
worth a measurement in turn; everything else is no evidence either way.

## What a stored history cannot see

- A change of 5 to 10 % on a shared runner. Measure base and head in turn (\`redline bench\`) for that.
- A slowdown to a state that the benchmark was in for two runs of the last thirty.
- A change that arrives with a new machine image: both look alike. The machine's fingerprint catches what it names.
- A slow change over many pull requests, each below the limit: the creep budget and the pass over the default branch do.
- The reruns of these tables are the next runs of the series, often another day. Reruns at once, on the same slow host,
  agree with each other more than these do, so false alarms on such a host may be more frequent than stated.
- No false alarm in n points still allows a true rate of 3/n, and points overlap.
- A single lucky run: a first look on a machine that just became a fifth faster can say "no change" of a real +20 %.
  The table says how often, and how often after two reruns.`;

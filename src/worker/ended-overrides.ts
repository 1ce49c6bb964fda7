import type { OverrideRecord } from "../model/override.js";
import { plain, text } from "../model/text.js";
import { markdown } from "../report/markdown.js";
import type { KnownPull } from "../store/store.js";
import { type CheckState, gateCheckOf } from "./gate-check.js";
import type { PullPlace } from "./pull-place.js";
import { markSharers } from "./shared-head.js";

const ended = ({ by, why }: OverrideRecord): CheckState => {
  const said = text`The override by ${by.login} has ended: ${why ?? []}`;
  return {
    state: "action_required",
    output: {
      title: plain(said).slice(0, 255),
      summary: markdown(text`${said}. This commit is judged again when it is the head again.`),
    },
  };
};

/**
 * Closes the checks that overrides opened on heads and for base branches which the pull request has left: a push back
 * to such a head would find them open before any event of it arrives.
 */
export async function closeEnded(place: PullPlace, records: readonly OverrideRecord[]): Promise<void> {
  const { known } = place;
  for (const record of records) {
    const left: KnownPull = { ...known, headSha: record.sha, baseRef: record.base.ref };
    if (record.status !== "void" || (left.headSha === known.headSha && left.baseRef === known.baseRef)) continue;
    const writer = await gateCheckOf({ ...place, known: left });
    const state = writer.published?.checkState;
    if (state !== "success" && state !== null) continue;
    await writer.write(ended(record));
    await markSharers({ ...place, known: left });
  }
}

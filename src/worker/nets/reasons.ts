/** Why a net marked a pull request; the log and the mark say so. */
export const reasons = {
  /** GitHub lists it and we did not know it, or thought it closed. */
  unknown: "net.unknown",
  /** Another head, or another base branch. */
  moved: "net.moved",
  labels: "net.labels",
  /** We think that it is open and GitHub does not list it. */
  gone: "net.gone",
  /** Its check is in progress and nobody is going to work on it. */
  unattended: "net.unattended",
  /** Its check will soon have been in progress for too long. */
  aged: "net.aged",
  /** A run ended and its event did not come: the same work as that event's. */
  run: "workflow_run.completed",
} as const;

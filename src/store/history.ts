import type { Kysely } from "kysely";
import { earlierValues, timelines } from "./earlier-values.js";
import { nearest } from "./nearest.js";
import { commitsBetween, recordCommits, recordRun } from "./record-run.js";
import { shifts } from "./shifts.js";
import type { History } from "./store.js";
import type { Tables } from "./tables.js";

export function history(db: Kysely<Tables>): History {
  return {
    recordCommits: (repository, shas) => recordCommits(db, repository, shas),
    recordRun: (repository, run) => recordRun(db, repository, run),
    nearest: (repository, shas) => nearest(db, repository, shas),
    before: (repository, sha, limit, machine) => earlierValues(db, repository, sha, limit, machine),
    timelines: (repository, sha, limit, machine) => timelines(db, repository, sha, limit, machine),
    between: (repository, after, sha) => commitsBetween(db, repository, after, sha),
    ...shifts(db),
  };
}

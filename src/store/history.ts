import type { Kysely } from "kysely";
import { earlierValues } from "./earlier-values.js";
import { nearest } from "./nearest.js";
import { recordCommits, recordRun } from "./record-run.js";
import type { History } from "./store.js";
import type { Tables } from "./tables.js";

export function history(db: Kysely<Tables>): History {
  return {
    recordCommits: (repository, shas) => recordCommits(db, repository, shas),
    recordRun: (repository, run) => recordRun(db, repository, run),
    nearest: (repository, shas) => nearest(db, repository, shas),
    before: (repository, sha, limit) => earlierValues(db, repository, sha, limit),
  };
}

import type { Kysely } from "kysely";
import { earlierValues, timelines } from "./earlier-values.js";
import { repositoryColumns } from "./key.js";
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
    async isKnown(repository, sha) {
      const place = { ...repositoryColumns(repository), sha };
      const row = await db
        .selectFrom("commitOrder")
        .select("sha")
        .where((eb) => eb.and(place))
        .executeTakeFirst();
      return row !== undefined;
    },
    between: (repository, after, sha) => commitsBetween(db, repository, after, sha),
    ...shifts(db),
  };
}

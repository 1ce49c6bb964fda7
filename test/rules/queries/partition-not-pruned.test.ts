import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { partitionNotPruned } from "../../../src/rules/queries/partition-not-pruned.js";
import { catalogue, relation, relationName } from "../catalogue.js";
import { findingsOf, plansOf } from "../planned.js";
import { recordedQuery } from "../recorded-queries.js";

const COLUMNS = ["id bigint not null", "created_at timestamp with time zone not null", "account_id bigint not null", "kind text"];
const partition = (name: string) => relation(name, COLUMNS, { partitionOf: relationName("events") });
const events = (...names: readonly string[]) =>
  catalogue(
    relation("events", COLUMNS, { kind: "partitioned", partitionKey: ["created_at"] }),
    ...names.map(partition),
    relation("orders", ["id bigint not null", "customer_id bigint not null"]),
  );
const three = events("events_01", "events_02", "events_03");

const found = async (name: string, known = three) =>
  findingsOf(partitionNotPruned, { ...plansOf([await recordedQuery(name)]), catalogue: known });

describe("queries/partition-not-pruned", () => {
  it("warns of a condition that asks every partition, and names the key", async () => {
    const [finding] = await found("all partitions");
    expect(finding?.severity).toBe("warning");
    expect(finding && plain(finding.message)).toContain("Reads all 3 partitions of events: no condition is about created_at.");
    expect(finding && plain(finding.help)).toContain("AND created_at = …");
  });

  it.each(["some partitions", "partitions by a parameter", "partitions read whole", "partitions of a join by the key", "count of all"])(
    "is silent about %s",
    async (name) => {
      expect(await found(name)).toEqual([]);
    },
  );

  it("is silent about a plan that leaves a partition out, and about two of them", async () => {
    expect(await found("all partitions", events("events_01", "events_02", "events_03", "events_04"))).toEqual([]);
    expect(await found("all partitions", events("events_01", "events_02"))).toEqual([]);
  });

  it("is silent where the schema is not known", async () => {
    expect(findingsOf(partitionNotPruned, plansOf([await recordedQuery("all partitions")]))).toEqual([]);
  });
});

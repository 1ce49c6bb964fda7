import type { Severity } from "../../model/rule.js";
import type { CallFact, FileFacts, Language } from "../../model/source.js";
import { text } from "../../model/text.js";
import { isSurelyServer } from "../../source/calls/servers.js";
import { mayHaveDeadline, waitsForEver } from "../../source/calls/timeouts.js";
import { type SourceHit, shown, sourceRule } from "../source-rule.js";

/** Nobody measured how often it is right there. */
const UNMEASURED: readonly Language[] = ["java", "ruby", "c-sharp", "php"];

/** Docker answers in streams that last, and the SDKs of clouds move files and have time-outs of their own. */
const SDKS = [
  ...["docker", "moby", "aws", "minio", "Azure"].map((owner) => `github.com/${owner}/`),
  "cloud.google.com/",
  "connectrpc.com/",
];

const isOfSdk = ({ imports }: FileFacts): boolean => imports.some(({ module }) => SDKS.some((sdk) => module.startsWith(sdk)));

/** Their code may run in browsers. */
const SCRIPTS: readonly Language[] = ["typescript", "tsx", "javascript"];

/** Who gives a client its transport may have set time-outs there. */
const hasTransport = ({ arguments: given }: CallFact): boolean => given.some(({ keyword }) => keyword === "Transport");

function sureness(call: CallFact, file: FileFacts): Severity {
  if (file.language === "go" && (mayHaveDeadline(call, file) || isOfSdk(file) || hasTransport(call))) return "question";
  if (SCRIPTS.includes(file.language) && !isSurelyServer(file)) return "question";
  return UNMEASURED.includes(file.language) ? "notice" : "warning";
}

const look = (file: FileFacts): readonly SourceHit[] =>
  file.calls
    .filter((call) => waitsForEver(call, file))
    .map((call) => ({
      call,
      what: text`${shown(call)} has no time-out`,
      severity: sureness(call, file),
    }));

/** A request, or the client for many, without a time-out. */
export const httpNoTimeout = sourceRule({
  id: "resources/http-no-timeout",
  answers: "resources/timeouts",
  matter: "timeout",
  languages: ["typescript", "tsx", "javascript", "go", "python", "java", "ruby", "c-sharp", "php"],
  severity: "warning",
  effect: text`When the other side accepts the connection and says nothing, requests pile up behind it until this service is down as well.`,
  help: text`Give it one: ${"signal: AbortSignal.timeout(2000)"} for fetch, ${"timeout"} for axios and requests, ${"http.Client{Timeout: …}"} in Go.`,
  look,
});

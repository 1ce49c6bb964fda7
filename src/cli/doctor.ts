import { parseArgs } from "node:util";
import type { GitHub, RepositoryName } from "../github/call.js";
import { checkName } from "../github/checks.js";
import { createAppClient, createTokenClient } from "../github/client.js";
import { readConfigurationAt } from "../github/configuration.js";
import { listOpenPulls } from "../github/open-pulls.js";
import { keyFromFile, keyFromText } from "../github/private-key.js";
import { branchHead, readDefaultBranch } from "../github/repository.js";
import { checkSources, requiredChecks } from "../github/rules.js";
import { type Text, text } from "../model/text.js";
import { readConfiguration } from "../review/configured.js";
import { weaknesses } from "../review/protection.js";
import type { Answer } from "./doctor-answer.js";
import { grantsOf } from "./doctor-grants.js";
import { sentence } from "./terminal.js";
import { EXIT, UsageError } from "./usage.js";

interface Patient extends RepositoryName {
  readonly branch: string;
  readonly sha: string;
}

/** Open pull requests whose check is looked at for who set it. */
const HEADS = 3;

const ok = (message: Text): Answer => ({ ok: true, message });
const bad = (message: Text, remedy: Text): Answer => ({ ok: false, message, remedy });

async function configurationOf(github: GitHub, patient: Patient): Promise<Answer> {
  const file = await readConfigurationAt(github, patient, patient.sha);
  const { state, config, problems } = readConfiguration(file, []);
  if (state === "none") return bad(text`${file.path} is not there, so nothing is blocked`, text`write one: redline config init`);
  if (state === "invalid")
    return bad(text`${file.path} is not valid: ${problems[0]?.message ?? []}`, text`redline config check names every problem`);
  if (config.mode === "advisory")
    return bad(text`the configuration is advisory, so nothing is blocked`, text`set block_merge: true under on_budget_exceed`);
  return ok(text`the configuration blocks merges`);
}

/** Who has set the check where it was seen: on the branch itself, and on the newest pull requests into it. */
async function sourcesOf(github: GitHub, patient: Patient): Promise<readonly (number | null)[]> {
  const pulls = (await listOpenPulls(github, patient, null))?.items ?? [];
  const heads = pulls.filter(({ baseRef }) => baseRef === patient.branch).slice(0, HEADS);
  const found: (number | null)[] = [];
  for (const sha of [patient.sha, ...heads.map(({ headSha }) => headSha)]) {
    found.push(...(await checkSources(github, patient, sha, checkName(patient.branch))));
  }
  return found;
}

async function protectionOf(github: GitHub, patient: Patient, given: number | undefined): Promise<readonly Answer[]> {
  const name = checkName(patient.branch);
  const [required, sources] = [await requiredChecks(github, patient, patient.branch, name), await sourcesOf(github, patient)];
  const appId = given ?? sources.find((source) => source !== null) ?? undefined;
  if (appId === undefined) {
    return [
      bad(
        text`${name} has never run on ${patient.branch} or a pull request into it`,
        text`install the App on this repository, or give its number with --app-id`,
      ),
    ];
  }
  const found = weaknesses({ required, others: sources }, name, appId);
  const who = given === undefined ? text`App ${appId}, which set it,` : text`App ${appId}`;
  if (found.length === 0) return [ok(text`${name} is required on ${patient.branch}, from ${who} alone`)];
  return found.map(({ message, remedy }) => bad(message, remedy));
}

const line = ({ ok: good, message, remedy }: Answer): string =>
  `${good ? "ok" : "PROBLEM"}: ${sentence(remedy ? text`${message}; ${remedy}` : message)}\n`;

const options = { repo: { type: "string" }, branch: { type: "string" }, "app-id": { type: "string" } } as const;

function repositoryOf(repo: string | undefined): RepositoryName {
  const [, owner, name] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(repo ?? "") ?? [];
  if (owner === undefined || name === undefined) throw new UsageError("name the repository: redline doctor --repo OWNER/NAME");
  return { owner, name };
}

function appIdOf(given: string | undefined): number | undefined {
  if (given === undefined || given === "") return undefined;
  if (!/^\d{1,15}$/.test(given)) throw new UsageError("--app-id (or APP_ID) is the App's number, such as 123456");
  return Number(given);
}

/** The App's own key, as the server is given it; undefined where there is none. */
function privateKey(): string | undefined {
  const { PRIVATE_KEY: given, PRIVATE_KEY_PATH: path } = process.env;
  const key = given ? keyFromText(given) : path ? keyFromFile(path) : undefined;
  if (typeof key === "object") throw new UsageError(key.problem);
  return key;
}

/** What the App may do is told to nobody but itself. */
async function appOf(repository: RepositoryName, appId: number | undefined): Promise<readonly Answer[]> {
  const key = privateKey();
  if (key === undefined || appId === undefined) return [];
  return grantsOf(await createAppClient(appId, key, process.env.GITHUB_API_URL), repository);
}

/** `redline doctor --repo OWNER/NAME`: is this gate one? Exit code 0 when it is, 1 when something makes it weak. */
export async function doctor(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const repository = repositoryOf(values.repo);
  const appId = appIdOf(values["app-id"] ?? process.env.APP_ID);
  const token = process.env.GITHUB_TOKEN;
  if (!token) throw new UsageError("set GITHUB_TOKEN to a token that may read the repository");
  const github = createTokenClient(token, process.env.GITHUB_API_URL);
  const { ref: branch, sha } =
    values.branch === undefined ? await readDefaultBranch(github, repository) : await branchHead(github, repository, values.branch);
  const patient = { ...repository, branch, sha };
  const answers = [
    await configurationOf(github, patient),
    ...(await protectionOf(github, patient, appId)),
    ...(await appOf(patient, appId)),
  ];
  for (const answer of answers) process.stdout.write(line(answer));
  return answers.every((answer) => answer.ok) ? EXIT.open : EXIT.closed;
}

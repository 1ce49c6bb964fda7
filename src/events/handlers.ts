import { checkRunEvent } from "./check-run.js";
import { checkSuiteEvent } from "./check-suite.js";
import type { EventHandler } from "./handler.js";
import { installationEvent, installationRepositoriesEvent } from "./installation.js";
import { issueCommentEvent } from "./issue-comment.js";
import { mergeGroupEvent } from "./merge-group.js";
import { pullRequestEvent } from "./pull-request.js";
import { pushEvent } from "./push.js";
import { repositoryEvent } from "./repository.js";
import { workflowRunEvent } from "./workflow-run.js";

/** Every event that is listened to. */
export const handlers: readonly EventHandler[] = [
  checkRunEvent,
  checkSuiteEvent,
  installationEvent,
  installationRepositoriesEvent,
  issueCommentEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  repositoryEvent,
  workflowRunEvent,
];

/** Events that GitHub sends to every App, whether it listens or not. */
const unasked = ["ping", "meta", "github_app_authorization", "installation_target"];

/** Events that the front door takes in; a name that is not here never reaches a look-up table. */
export const knownEvents: ReadonlySet<string> = new Set([...handlers.map(({ event }) => event), ...unasked]);

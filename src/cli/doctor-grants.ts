import type { GitHub, RepositoryName } from "../github/call.js";
import { type Grants, installedGrants, lacking, registeredGrants } from "../github/grants.js";
import { type Text, text } from "../model/text.js";
import type { Answer } from "./doctor-answer.js";

const list = (names: readonly string[]): string => names.join(", ");

function answers(found: Grants, where: Text, remedy: Text): readonly Answer[] {
  const { permissions, events } = lacking(found);
  return [
    ...(permissions.length === 0 ? [] : [{ ok: false, message: text`${where} lacks ${[list(permissions)]}`, remedy }]),
    ...(events.length === 0 ? [] : [{ ok: false, message: text`${where} is not told of ${[list(events)]}`, remedy }]),
  ];
}

/** Has the App what it needs: by its registration, and as the account has accepted it? */
export async function grantsOf(app: GitHub, repository: RepositoryName): Promise<readonly Answer[]> {
  const registered = answers(
    await registeredGrants(app),
    text`the App's registration`,
    text`add it in the App's settings under Permissions & events, as app.yml has it; each account has to accept it`,
  );
  const installed = await installedGrants(app, repository);
  if (installed === null)
    return [...registered, { ok: false, message: text`the App is not installed on this repository`, remedy: text`install it` }];
  if (installed.suspended) return [...registered, { ok: false, message: text`the installation is suspended`, remedy: text`unsuspend it` }];
  const permissions = installed.organization ? installed.permissions : { members: "read", ...installed.permissions };
  const accepted = answers(
    { ...installed, permissions },
    text`the installation`,
    text`accept the App's new permissions in the account's settings under GitHub Apps`,
  );
  // What is not asked for cannot be accepted.
  const found = registered.length > 0 ? registered : accepted;
  return found.length > 0 ? found : [{ ok: true, message: text`the App may do what it needs, and is told of what it has to know` }];
}

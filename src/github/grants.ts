import { z } from "zod";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";
import { events, type Permission, routes } from "./permissions.js";

/** What a registration asks for, or an installation has: access by permission, and the events that it is told of. */
export interface Grants {
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

export interface Installed extends Grants {
  readonly suspended: boolean;
  /** Of an organization; a personal account has neither teams nor members. */
  readonly organization: boolean;
}

const grants = z.object({ permissions: z.record(z.string(), z.string()), events: z.array(z.string()) });

const registration = grants.extend({ permissions: grants.shape.permissions.default({}) });

const installation = grants.extend({ suspended_at: z.string().nullish(), target_type: z.string().default("") }).transform(
  ({ suspended_at: at, target_type: type, ...given }): Installed => ({
    ...given,
    suspended: at != null,
    organization: type === "Organization",
  }),
);

/** What the App's registration says. @param app a client with the App's own JWT. @throws GitHubError */
export const registeredGrants = (app: GitHub): Promise<Grants> => call(app, "GET /app", {}, registration);

/** What the App may do in a repository; null where it is not installed. @throws GitHubError */
export async function installedGrants(app: GitHub, repository: RepositoryName): Promise<Installed | null> {
  try {
    return await call(app, "GET /repos/{owner}/{repo}/installation", at(repository), installation);
  } catch (error) {
    if (failedAs(error, "not-found")) return null;
    throw error;
  }
}

const ACCESS = ["read", "write", "admin"];

/** What the code needs, by {@link routes} and {@link events}: the same that app.yml asks for. */
const needed: readonly Permission[] = [...new Set([...Object.values(routes).flat(), ...Object.values(events)])];

/** What is missing of what the code needs; the stronger access only, where both are. */
export function lacking({ permissions, events: told }: Grants): {
  readonly permissions: readonly string[];
  readonly events: readonly string[];
} {
  const missing = needed.filter((permission) => {
    const [name = "", access = ""] = permission.split(": ");
    return ACCESS.indexOf(permissions[name] ?? "") < ACCESS.indexOf(access);
  });
  return {
    permissions: missing
      .filter((one) => one.endsWith("write") || !missing.some((other) => other === one.replace(/read$/, "write")))
      .toSorted(),
    events: Object.keys(events).filter((event) => !told.includes(event)),
  };
}

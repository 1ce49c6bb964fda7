import { z } from "zod";
import type { ConfigurationFile } from "../evidence/sources.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";
import { configurationPath } from "./queries.js";

/** Larger files are no configuration (trust cases: 64 KB). */
const CAP = 64 * 1024;

const content = z.object({ type: z.string(), size: z.number(), content: z.string().default("") });

const decode = (base64: string): string => new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(base64, "base64"));

/** The configuration at a commit that no pull request's query reads: `text` is null when there is none. @throws GitHubError */
export async function readConfigurationAt(github: GitHub, repository: RepositoryName, sha: string): Promise<ConfigurationFile> {
  const nothing = { path: configurationPath, text: null };
  const parameters = { ...at(repository), path: configurationPath, ref: sha };
  try {
    const file = await call(github, "GET /repos/{owner}/{repo}/contents/{path}", parameters, content);
    if (file.type !== "file") return { ...nothing, unreadable: "it is not a file" };
    if (file.size > CAP) return { ...nothing, unreadable: "it is larger than 64 KB" };
    return { ...nothing, text: decode(file.content) };
  } catch (error) {
    if (failedAs(error, "not-found")) return nothing;
    if (error instanceof TypeError) return { ...nothing, unreadable: "it is not UTF-8" };
    throw error;
  }
}

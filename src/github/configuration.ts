import { z } from "zod";
import { CONFIGURATION_BYTES, CONFIGURATION_PATH } from "../config/file.js";
import type { ConfigurationFile } from "../evidence/sources.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";

const content = z.object({ type: z.string(), size: z.number(), content: z.string().default("") });

const decode = (base64: string): string => new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(base64, "base64"));

/** The configuration at a commit that no pull request's query reads: `text` is null when there is none. @throws GitHubError */
export async function readConfigurationAt(github: GitHub, repository: RepositoryName, sha: string): Promise<ConfigurationFile> {
  const nothing = { path: CONFIGURATION_PATH, text: null };
  const parameters = { ...at(repository), path: CONFIGURATION_PATH, ref: sha };
  try {
    const file = await call(github, "GET /repos/{owner}/{repo}/contents/{path}", parameters, content);
    if (file.type !== "file") return { ...nothing, unreadable: "it is not a file" };
    if (file.size > CONFIGURATION_BYTES) return { ...nothing, unreadable: "it is larger than 64 KB" };
    return { ...nothing, text: decode(file.content) };
  } catch (error) {
    if (failedAs(error, "not-found")) return nothing;
    if (error instanceof TypeError) return { ...nothing, unreadable: "it is not UTF-8" };
    throw error;
  }
}

import type { Text } from "../model/text.js";
import type { GitHub, RepositoryName } from "./call.js";

/** An artifact of a workflow run. The name is foreign text. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly expired: boolean;
  /** Hexadecimal SHA-256 of the zip, from upload-artifact v4 on. */
  readonly sha256: string | null;
}

export type Download =
  | { readonly status: "downloaded"; readonly zip: Uint8Array }
  | { readonly status: "expired" }
  /** Never trusted: another host, too large, a wrong digest. */
  | { readonly status: "refused"; readonly reason: Text };

/** Artifacts of this attempt whose name matches one of the globs, oldest first. @throws GitHubError */
export async function listArtifacts(
  _github: GitHub,
  _repository: RepositoryName,
  _run: { readonly id: number; readonly startedAt: string },
  _names: readonly string[],
): Promise<readonly Artifact[]> {
  throw new Error("not written yet");
}

/** The zip, streamed under its caps. `apiUrl` is the API's base address: artifacts may live on its host. @throws GitHubError */
export async function downloadArtifact(
  _github: GitHub,
  _repository: RepositoryName,
  _artifact: Artifact,
  _apiUrl: string,
): Promise<Download> {
  throw new Error("not written yet");
}

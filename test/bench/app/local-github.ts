import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { key, type Program, secret, startProgram, webhookPath } from "./process.js";

/** A command of the local GitHub's control port. */
type Command = (name: string, given?: object) => Promise<Readonly<Record<string, unknown>>>;

export interface LocalGitHub {
  readonly api: string;
  readonly command: Command;
  readonly program: Program;
}

async function send(control: string, name: string, given: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${control}/${name}`, {
    method: "POST",
    body: JSON.stringify(given),
    headers: { "content-type": "application/json" },
  });
  if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
  return answer.json() as Promise<Readonly<Record<string, unknown>>>;
}

/** The local GitHub of the tests as a process of its own, with the App installed on `acme`. */
export async function startLocalGitHub(): Promise<LocalGitHub> {
  const program = await startProgram(["test/github-double/main.mjs"], {}, ({ control }) => control !== undefined);
  const { api, control } = program.told;
  const command: Command = (name, given = {}) => send(String(control), name, given);
  await command("registerApp", { id: 77, publicKey: key.publicKey });
  await command("createRepository", { owner: "acme", name: "shop", organization: true, files: shop("base") });
  await command("install", { app: 77, owner: "acme" });
  return { api: String(api), command, program };
}

/** The App's address, as GitHub would know it. */
export const tellAddress = ({ command }: LocalGitHub, address: string) =>
  command("setWebhook", { app: 77, url: `${address}${webhookPath}`, secret });

/** Path → content of the demo's shop, before the change and after it. */
export function shop(side: "base" | "head"): Readonly<Record<string, string>> {
  const folder = join("test/demo/shop", side);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, "utf8")];
    }),
  );
}

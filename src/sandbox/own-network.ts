import { spawnSync } from "node:child_process";

const UNSHARE = "/usr/bin/unshare";
// In a user namespace nobody needs a privilege for it, and the program that is then started has none in there.
const OWN_NETWORK = ["--user", "--net", "--"];
const PROBE_MS = 5000;

const answers = new Map<string, boolean>();

/** Whether the kernel lets us have it, and the program can still be read there: root is nobody in there. */
export function canHaveOwnNetwork(script: string): boolean {
  if (process.platform !== "linux") return false;
  const known = answers.get(script);
  if (known !== undefined) return known;
  const probe = spawnSync(UNSHARE, [...OWN_NETWORK, "/usr/bin/test", "-r", script], { stdio: "ignore", timeout: PROBE_MS, env: {} });
  answers.set(script, probe.status === 0);
  return probe.status === 0;
}

/** What `fork` is to start: Node, or Node in a network that has nothing in it, not even a loopback that is up. */
export function program(script: string, flags: readonly string[], ownNetwork: boolean): { execPath: string; execArgv: string[] } {
  if (!ownNetwork || !canHaveOwnNetwork(script)) return { execPath: process.execPath, execArgv: [...flags] };
  return { execPath: UNSHARE, execArgv: [...OWN_NETWORK, process.execPath, ...flags] };
}

import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Ports on which a process listens, with their addresses as Linux writes them (hexadecimal); null on other systems. */
export function listening(pid: number): readonly { readonly address: string; readonly port: number }[] | null {
  if (process.platform !== "linux") return null;
  const folder = `/proc/${pid}/fd`;
  const inodes = new Set(
    readdirSync(folder).flatMap((descriptor) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${descriptor}`))?.[1] ?? [];
      } catch {
        return []; // closed meanwhile
      }
    }),
  );
  const rows = ["tcp", "tcp6"].flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, "utf8").trim().split("\n").slice(1));
  return rows.flatMap((row) => {
    const [, local = "", , state, , , , , , inode = ""] = row.trim().split(/\s+/);
    const [address = "", port = "0"] = local.split(":");
    return state === "0A" && inodes.has(inode) ? [{ address, port: Number.parseInt(port, 16) }] : [];
  });
}

// Loaded before a program (node --import): while the file that DISK_FAULT names exists, this process writes nothing any
// more; the file says why: ENOSPC or EROFS.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const marker = process.env.DISK_FAULT ?? "";
const errno = { ENOSPC: -28, EROFS: -30, EIO: -5 };

function refuse(syscall) {
  if (marker === "" || !fs.existsSync(marker)) return;
  const code = fs.readFileSync(marker, "utf8").trim();
  throw Object.assign(new Error(`${code}: ${syscall}`), { code, errno: errno[code], syscall });
}

for (const name of ["writeSync", "ftruncateSync", "fdatasyncSync"]) {
  const original = fs[name];
  fs[name] = (...parameters) => {
    if (parameters[0] > 2) refuse(name);
    return original(...parameters);
  };
}
syncBuiltinESMExports();

import { availableParallelism, cpus, machine, type } from "node:os";
import type { Environment } from "../../model/measurement.js";

/** Names that change from one host of the same kind to the next (host name, kernel release) are left out. */
export function thisMachine(): Environment {
  const cpu = cpus()[0]?.model.trim();
  return { ...(cpu ? { cpu } : {}), cores: availableParallelism(), arch: machine(), os: type() };
}

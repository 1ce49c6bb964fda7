// The process of one reader: node reader.js NAME FILE. Prints what it found and what the reading took as JSON.
import { type Reader, readers } from "./readers.js";

const isReader = (name: string): name is Reader => Object.hasOwn(readers, name);

const [name = "", path = ""] = process.argv.slice(2);
if (!isReader(name)) throw new Error(`there is no reader ${name}`);
const started = performance.now();
const before = process.cpuUsage();
const found = await readers[name](path);
const { user, system } = process.cpuUsage(before);
const took = {
  wallSeconds: (performance.now() - started) / 1000,
  cpuSeconds: (user + system) / 1e6,
  maxRss: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify({ found, took }));

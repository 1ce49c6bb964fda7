// Makes dist/ of src/: each program, and what they share in dist/chunks/. Loading files one by one took most of a start.
import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const src = join(root, "src");

const children = readdirSync(join(src, "sandbox"))
  .filter((name) => name.endsWith("-child.ts"))
  .map((name) => `sandbox/${name.slice(0, -".ts".length)}`);
const PROGRAMS = ["main", "cli", "app", "store/embedded/database-thread", ...children];
const FOR_TESTS = [
  ...["main/log", "main/server", "main/settings"],
  "sandbox/planner/cut-off",
  ...["store/migrate", "store/open", "store/packed", "store/embedded/engine", "store/embedded/lock"],
];

const PLACE = "place-in-src:";

/** Whoever looks for a file beside itself finds it where it would be if each module were still a file of dist/. */
const places = {
  name: "places",
  transform(code, id) {
    if (!id.startsWith(src) || !code.includes("import.meta.url")) return null;
    const place = JSON.stringify(PLACE + relative(src, id));
    // A rule about other people's code has the words in a string.
    return code.replaceAll(/(?<!")import\.meta\.url/g, `new URL(${place}, import.meta.url).href`);
  },
  renderChunk(code, { fileName }) {
    const from = (_, path) => JSON.stringify(relative(dirname(fileName), path));
    return code.includes(PLACE) ? code.replaceAll(new RegExp(`"${PLACE}([^"]+)"`, "g"), from) : null;
  },
};

export async function bundle(forTests) {
  const entries = forTests ? [...PROGRAMS, ...FOR_TESTS] : PROGRAMS;
  const build = await rolldown({
    input: Object.fromEntries(entries.map((name) => [name, join(src, `${name}.ts`)])),
    platform: "node",
    // Packages stay packages: what npm audits is what runs.
    external: /^[^./]/,
    plugins: [places],
  });
  await build.write({ dir: join(root, "dist"), format: "esm", chunkFileNames: "chunks/[name].js" });
  await build.close();
}

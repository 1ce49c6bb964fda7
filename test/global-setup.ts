import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { nativeFolder, startServer, type TestServer } from "./store/postgres.js";

const BUILD = fileURLToPath(new URL("../scripts/build.mjs", import.meta.url));

/** One PostgreSQL for all test files, started when the first one asks for it: each makes databases of its own there. */
async function lendPostgres(): Promise<() => Promise<void>> {
  let started: Promise<TestServer> | undefined;
  const desk = createServer(async (_, response) => {
    started ??= startServer(nativeFolder());
    started.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, "127.0.0.1");
  await once(desk, "listening");
  const address = desk.address();
  if (address !== null && typeof address === "object") process.env.TEST_POSTGRES_DESK = `http://127.0.0.1:${address.port}`;
  return async () => {
    desk.close();
    await (await started)?.stop();
  };
}

/** Builds dist/ once: child processes and end-to-end tests run what users run. */
export default async function setup(): Promise<() => Promise<void>> {
  const end = await lendPostgres();
  execFileSync(process.execPath, [BUILD, "--no-check"], { stdio: "inherit" });
  return end;
}

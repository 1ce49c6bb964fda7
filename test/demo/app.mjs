// The App as its users run it: a process of its own, with its own key, secret and data folder.
import { spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** Starts the App against the local GitHub's `api` address; resolves when it says on which port it listens. */
export async function startApp({ api, appId, log = () => undefined }) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  const secret = randomBytes(32).toString("hex");
  const data = mkdtempSync(join(tmpdir(), "redline-data-"));
  // The database is up in half the time when its code is not optimised as well.
  const child = spawn(process.execPath, ["--liftoff-only", main], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      APP_ID: String(appId),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: secret,
      GITHUB_API_URL: api,
      GITHUB_PACING: "off",
      REDLINE_DOCS_URL: "https://redline.example.com/docs",
      REDLINE_DATA: join(data, "store"),
      ...(process.env.REDLINE_CACHE_DIR && { REDLINE_CACHE_DIR: process.env.REDLINE_CACHE_DIR }),
      HOST: "127.0.0.1",
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const port = await new Promise((resolve, reject) => {
    exited.then((code) => reject(new Error(`the App ended with ${code} before it listened`)));
    createInterface(child.stdout).on("line", (line) => {
      log(line);
      const found = /"port":(\d+)/.exec(line);
      if (found) resolve(Number(found[1]));
    });
  });
  return {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    publicKey,
    secret,
    pid: child.pid,
    stop: async () => {
      child.kill("SIGTERM");
      const code = await exited;
      rmSync(data, { recursive: true, force: true });
      return code;
    },
  };
}

// Serves the plain App with Probot's middleware. Pacing is off, as it is for ours in these runs; all else is Probot's default.
import { createServer } from "node:http";
import { createNodeMiddleware, Probot, ProbotOctokit } from "probot";
import app from "./app.mjs";

const { APP_ID: appId, PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret, GITHUB_API_URL: baseUrl } = process.env;
const Octokit = ProbotOctokit.defaults((options) => ({ ...options, throttle: { ...options.throttle, enabled: false } }));
const probot = new Probot({ appId, privateKey, secret, baseUrl, logLevel: "fatal", Octokit });
const server = createServer(await createNodeMiddleware(app, { probot, webhooksPath: "/api/github/webhooks" }));
server.listen(0, "127.0.0.1", () => process.stdout.write(`${JSON.stringify({ listening: server.address().port })}\n`));
process.once("SIGTERM", () => process.exit(0));

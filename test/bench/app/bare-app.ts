// A Probot App as its documentation makes one, with a handler that does nothing: what an acknowledgement costs that stores nothing.
import { Probot, Server } from "probot";

const server = new Server({
  Probot: Probot.defaults({
    appId: process.env.APP_ID ?? "",
    privateKey: process.env.PRIVATE_KEY ?? "",
    secret: process.env.WEBHOOK_SECRET ?? "",
    logLevel: "warn",
  }),
  host: "127.0.0.1",
  port: 0,
  webhookPath: "/api/github/webhooks",
});
await server.load((app) => {
  app.on("pull_request", () => undefined);
});
const address = (await server.start()).address();
process.stdout.write(`${JSON.stringify({ port: typeof address === "object" && address !== null ? address.port : 0 })}\n`);
process.once("SIGTERM", () => process.exit(0));

// The main job, from start to end, on this machine alone: `npm run demo [-- --keep]`.
// A local GitHub and the App run as two processes; every step is asserted on what GitHub saw.
import { startDouble } from "../github-double/client.mjs";
import { startApp } from "./app.mjs";
import { writePage } from "./page.mjs";
import { artifactsOf, check, createHistory, createWorld, filesOf, repository } from "./world.mjs";

const APP_ID = 1;
const keep = process.argv.includes("--keep");
const say = (line) => process.stdout.write(`${line}\n`);

/** Asks until the answer is there; the App works in its own time. */
async function until(what, ask, seconds = 60) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function step(title, act) {
  process.stdout.write(`• ${title} … `);
  say(`✓ ${await act()}`);
}

const github = await startDouble();
const app = await startApp({ api: github.api, appId: APP_ID, log: keep ? say : undefined });
let number = 0;
let failed = false;

const ask = {
  checkIs: async (state) => {
    const latest = (await github.checkRuns({ repository, number })).filter(({ name }) => name === check).at(-1);
    return (latest?.conclusion ?? latest?.status) === state ? latest : null;
  },
  comment: async () => (await github.comments({ repository, number }))[0]?.body ?? null,
  commentSays: async (words) => {
    const body = await ask.comment();
    return body?.includes(words) ? body : null;
  },
  open: async () => (await github.oracle({ repository, number })).mergeable,
};

/** The gate is asserted at every step: what GitHub itself would answer to "may this be merged?". */
async function gateIs(expected) {
  const open = await ask.open();
  if (open !== (expected === "open")) throw new Error(`the merge gate is ${open ? "open" : "closed"}, expected ${expected}`);
  return `merge gate ${expected}`;
}

async function play() {
  await step("an organization with a shop installs the App", async () => {
    await createWorld(github, app, APP_ID);
    await until("the check's name on main", async () =>
      (await github.journal()).some(
        ({ operation, body }) => operation === "checks/create" && body?.name === check && body.conclusion === "success",
      ),
    );
    return `${check} was published once, so that it can be required`;
  });

  await step("main is pushed twelve times, its workflow measures each", async () => {
    const { mark } = await github.mark();
    await createHistory(github);
    await until(
      "the baselines",
      async () => (await github.journal({ since: mark })).filter(({ operation }) => operation === "actions/download-artifact").length >= 13,
    );
    return "12 benchmark runs recorded as history";
  });

  await step("dev opens a pull request: discounts at the checkout", async () => {
    await github.push({ repository, branch: "discounts", by: "dev", files: filesOf("shop/head") });
    ({ number } = await github.openPull({ repository, head: "discounts", user: "dev", title: "Discounts at the checkout" }));
    await until("the first check", () => ask.checkIs("in_progress"));
    return `${check} in progress, ${await gateIs("closed")}`;
  });

  await step("the checklist is posted", async () => {
    const body = await until("the comment", () => ask.commentSays("Migrations do not block a busy table"));
    await until("the waiting check", () => ask.checkIs("in_progress"));
    return `${(body.match(/^- /gm) ?? []).length} lines, one comment; the check waits for CI, ${await gateIs("closed")}`;
  });

  await step("CI finishes: the load test is over its budget", async () => {
    await github.completeRun({ repository, number, path: ".github/workflows/performance.yml", artifacts: artifactsOf("head/run-01") });
    const { output } = await until("the verdict", () => ask.checkIs("failure"));
    await until("the figures in the comment", () => ask.commentSays("/api/checkout"));
    return `“${output.title}”, ${await gateIs("closed")}`;
  });

  await step("a stranger puts the label perf-override", async () => {
    await github.label({ repository, number, label: "perf-override", user: "stranger" });
    await until("the refusal", () => ask.commentSays("not a member"));
    await until("the label's removal", async () => (await github.pull({ repository, number })).labels.length === 0);
    return `refused with the reason, the label is gone, ${await gateIs("closed")}`;
  });

  await step("maria of perf-team puts it", async () => {
    await github.label({ repository, number, label: "perf-override", user: "maria" });
    const { output } = await until("the override", () => ask.checkIs("success"));
    await until("the override in the comment", () => ask.commentSays("maria"));
    return `“${output.title}”, ${await gateIs("open")}`;
  });

  await step("nothing was written twice, and no request broke GitHub's contract", async () => {
    const broken = [...(await github.violations()), ...(await github.crashes())];
    if (broken.length > 0) throw new Error(`${broken.length} requests broke the contract: ${JSON.stringify(broken[0])}`);
    const comments = await github.comments({ repository, number });
    if (comments.length !== 1) throw new Error(`${comments.length} comments instead of one`);
    const { total } = await github.count();
    return `1 comment, ${total} API calls in all`;
  });
}

try {
  await play();
  const body = await ask.comment();
  say(`\n${"─".repeat(100)}\n${body}\n${"─".repeat(100)}\n`);
  say(`The comment as a page to look at: ${writePage(body, await github.checkRuns({ repository, number }))}`);
  if (keep) {
    say(`The local GitHub: ${JSON.stringify({ api: github.api, control: github.control })}; the App: ${app.url}. Ctrl-C ends both.`);
    await new Promise((resolve) => process.on("SIGINT", resolve));
  }
} catch (error) {
  failed = true;
  say(`✗ ${error.message}`);
} finally {
  const code = await app.stop();
  await github.stop();
  if (code !== 0) say(`✗ the App ended with exit code ${code}`);
  process.exitCode = failed || code !== 0 ? 1 : 0;
}

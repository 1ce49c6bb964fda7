import { paged } from "../http/paging.mjs";
import { notFound, unprocessable } from "../http/refusal.mjs";
import { renderAccount } from "../render/account.mjs";
import { renderCommit, renderFile } from "../render/commit.mjs";
import { apiUrl, renderFullRepository, webUrl } from "../render/repository.mjs";
import { account } from "../state/accounts.mjs";
import { commitsAhead, mergeBase } from "../state/history.mjs";
import { filesBetween } from "../state/pulls.mjs";
import { repositoryNamed, resolve, roleOf } from "../state/repositories.mjs";

const contents = ["contents:read"];
/** Compare shows at most this many files, all on the first page. */
const compareCap = 300;

function commitOr422(repository, reference) {
  const commit = resolve(repository, reference);
  if (!commit) throw unprocessable(`No commit found for SHA: ${reference}`);
  return commit;
}

function getCommit({ world, repository, params }) {
  const commit = commitOr422(repository, params.ref);
  const files = filesBetween(repository, commit.parents[0] ?? null, commit.sha);
  const sum = (field) => files.reduce((total, file) => total + file[field], 0);
  const stats = { additions: sum("additions"), deletions: sum("deletions"), total: sum("additions") + sum("deletions") };
  const shown = files.slice(0, compareCap).map((file) => renderFile(world, repository, commit.sha, file));
  return { body: { ...renderCommit(world, repository, commit), stats, files: shown } };
}

/** One side of a comparison: a reference, or `owner:branch` of a fork in the same network. */
function sideOf(world, repository, reference) {
  const [owner, branch] = reference.split(":");
  const holder = branch === undefined ? repository : repositoryNamed(world, `${owner}/${repository.name}`);
  const commit = resolve(holder, branch ?? reference);
  if (!commit || holder.objects !== repository.objects) throw notFound();
  return commit;
}

function compare(request) {
  const { world, repository, params, query } = request;
  const separator = params.basehead.includes("...") ? "..." : "..";
  const [base, head] = params.basehead.split(separator).map((reference) => sideOf(world, repository, reference));
  const common = mergeBase(repository.objects, base.sha, head.sha);
  if (common === null)
    throw Object.assign(notFound(), { message: `No common ancestor between ${params.basehead.replace(separator, " and ")}.` });
  const ahead = commitsAhead(repository.objects, base.sha, head.sha);
  const behind = commitsAhead(repository.objects, head.sha, base.sha).length;
  const from = separator === "..." ? common : base.sha;
  const files = filesBetween(repository, from, head.sha).slice(0, compareCap);
  const commits = paged(
    request,
    ahead.map((commit) => renderCommit(world, repository, commit)),
  );
  const firstPage = Number(query.get("page") ?? 1) === 1;
  return {
    headers: commits.headers,
    body: {
      ...comparisonLinks(world, repository, params.basehead),
      base_commit: renderCommit(world, repository, base),
      merge_base_commit: renderCommit(world, repository, repository.objects.commits.get(common)),
      status: statusOf(ahead.length, behind),
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits: commits.body,
      ...(firstPage ? { files: files.map((file) => renderFile(world, repository, head.sha, file)) } : {}),
    },
  };
}

const statusOf = (ahead, behind) => (ahead > 0 && behind > 0 ? "diverged" : ahead > 0 ? "ahead" : behind > 0 ? "behind" : "identical");

function comparisonLinks(world, repository, basehead) {
  const web = `${webUrl(world, repository)}/compare/${basehead}`;
  const url = `${apiUrl(world, repository)}/compare/${basehead}`;
  return { url, html_url: web, permalink_url: web, diff_url: `${web}.diff`, patch_url: `${web}.patch` };
}

function getBranch({ world, repository, params }) {
  const sha = repository.branches.get(params.branch);
  if (!sha) throw Object.assign(notFound(), { message: "Branch not found" });
  const url = `${apiUrl(world, repository)}/branches/${params.branch}`;
  return {
    body: {
      name: params.branch,
      commit: renderCommit(world, repository, repository.objects.commits.get(sha)),
      _links: { html: `${webUrl(world, repository)}/tree/${params.branch}`, self: url },
      protected: repository.rulesets.has(params.branch),
      protection: classicProtection(repository.rulesets.get(params.branch) ?? []),
      protection_url: `${url}/protection`,
    },
  };
}

/** What everybody who reads a branch is shown of its classic protection. */
function classicProtection(rules) {
  const checks = rules.filter(({ classic }) => classic).map(({ name, integrationId }) => ({ context: name, app_id: integrationId }));
  if (checks.length === 0) return {};
  const contexts = checks.map(({ context }) => context);
  return { enabled: true, required_status_checks: { enforcement_level: "non_admins", contexts, checks } };
}

/** The active rules of a branch; the only kind here is the required status check with its expected source. */
function branchRules(request) {
  const checks = request.repository.rulesets.get(request.params.branch)?.filter(({ classic }) => !classic);
  const required = checks?.map(({ name, integrationId }) => ({
    context: name,
    ...(integrationId === null ? {} : { integration_id: integrationId }),
  }));
  const rule = {
    type: "required_status_checks",
    ruleset_source_type: "Repository",
    ruleset_source: `${request.repository.owner.login}/${request.repository.name}`,
    ruleset_id: request.repository.id,
    parameters: { required_status_checks: required, strict_required_status_checks_policy: false },
  };
  return paged(request, required ? [rule] : []);
}

const legacy = { maintain: "write", triage: "read" };

function permissionLevel({ world, repository, params }) {
  const role = roleOf(repository, params.username);
  const user = { ...renderAccount(world, account(world, params.username)), role_name: role };
  return { body: { permission: legacy[role] ?? role, role_name: role, user } };
}

export const repositoryRoutes = [
  { id: "repos/get", handle: ({ world, repository }) => ({ body: renderFullRepository(world, repository) }) },
  { id: "repos/get-commit", needs: contents, handle: getCommit },
  { id: "repos/compare-commits-with-basehead", needs: contents, handle: compare },
  { id: "repos/get-branch", needs: contents, handle: getBranch },
  { id: "repos/get-branch-rules", handle: branchRules },
  { id: "repos/get-collaborator-permission-level", handle: permissionLevel },
];

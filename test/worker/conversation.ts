import { FakeGitHub, RequestError } from "../github/fake-github.js";

export type Fault = "none" | "applied, then lost" | "lost, not applied" | "refused";

interface Written {
  readonly id: number;
  body: string;
  /** Not in lists yet. */
  hidden: boolean;
}

/** GitHub's comments and check runs of one pull request, with answers that get lost and lists that lag behind. */
export class Conversation {
  readonly comments: Written[] = [];
  readonly runs: { readonly id: number; state: string; annotations: number; readonly externalId: unknown }[] = [];
  fault: Fault = "none";
  lag = false;
  #id = 100;
  readonly github: FakeGitHub;

  constructor() {
    this.github = new FakeGitHub({
      "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": ({ body }) => this.#comment(String(body)),
      "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": ({ comment_id: id, body }) => this.#edit(Number(id), String(body)),
      "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}": ({ comment_id: id }) => this.#remove(Number(id)),
      "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": () =>
        this.comments.filter(({ hidden }) => !hidden).map(({ id, body }) => ({ id, body, performed_via_github_app: { id: 7 } })),
      "POST /repos/{owner}/{repo}/check-runs": (parameters) => this.#run(parameters),
      "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": (parameters) => this.#rerun(parameters),
      "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": () => ({
        check_runs: this.runs.map(({ id, annotations, externalId }) => ({
          id,
          external_id: externalId,
          output: { annotations_count: annotations },
        })),
      }),
    });
  }

  get bodies(): readonly string[] {
    return this.comments.map(({ body }) => body);
  }

  /** Lists show everything from now on. */
  settle(): void {
    this.lag = false;
    for (const one of this.comments) one.hidden = false;
  }

  /** Does it unless the request is lost or refused; loses the answer when told to. */
  #apply<T>(work: () => T): T {
    const { fault } = this;
    this.fault = "none";
    if (fault === "refused") throw new RequestError(422, "no");
    if (fault === "lost, not applied") throw new RequestError(502);
    const result = work();
    if (fault === "applied, then lost") throw new RequestError(502);
    return result;
  }

  #next(): number {
    this.#id += 1;
    return this.#id;
  }

  #comment(body: string): object {
    return this.#apply(() => {
      const id = this.#next();
      this.comments.push({ id, body, hidden: this.lag });
      return { id };
    });
  }

  #edit(id: number, body: string): object {
    const comment = this.comments.find((one) => one.id === id);
    if (!comment) throw new RequestError(404, "Not Found");
    return this.#apply(() => {
      comment.body = body;
      return { id };
    });
  }

  #remove(id: number): object {
    this.comments.splice(
      this.comments.findIndex((one) => one.id === id),
      1,
    );
    return {};
  }

  #run(parameters: Record<string, unknown>): object {
    return this.#apply(() => {
      const id = this.#next();
      this.runs.push({ id, state: stateOf(parameters), annotations: countOf(parameters), externalId: parameters.external_id });
      return { id };
    });
  }

  #rerun(parameters: Record<string, unknown>): object {
    const run = this.runs.find(({ id }) => id === parameters.check_run_id);
    if (!run) throw new RequestError(404, "Not Found");
    return this.#apply(() => {
      run.state = stateOf(parameters);
      run.annotations += countOf(parameters);
      return { id: run.id };
    });
  }
}

const stateOf = ({ conclusion, status }: Record<string, unknown>): string => String(conclusion ?? status);

const countOf = ({ output }: Record<string, unknown>): number =>
  typeof output === "object" && output !== null && "annotations" in output && Array.isArray(output.annotations)
    ? output.annotations.length
    : 0;

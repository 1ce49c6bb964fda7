import { expect, test } from "vitest";
import { repositoryEvent } from "../../src/events/repository.js";
import { known, place, Stage } from "./stage.js";

const other = known({ repository: 3 });

test.each(["archived", "transferred", "deleted"])(
  "a repository that is %s is parked: nothing can be written there (R22)",
  async (action) => {
    const stage = new Stage([known(), other]);
    await stage.handle(repositoryEvent, { ...place, action });
    expect(stage.observed).toEqual([known({ open: false }), other]);
    expect(stage.returns).toEqual([]);
  },
);

test.each(["unarchived", "renamed", "edited"])("after it is %s its open pull requests are looked for (R22)", async (action) => {
  const stage = new Stage([known()]);
  await stage.handle(repositoryEvent, { ...place, action });
  expect(stage.observed).toEqual([known()]);
  expect(stage.returns).toEqual([1]);
});

import { describe, expect, it } from "vitest";
import { baseTree, type Tree, treeBounds } from "../../src/evidence/tree.js";
import type { ChangedFile } from "../../src/model/pull-request.js";

const tree: Tree = {
  files: [
    { path: "kept.sql", sha: "k", text: "kept" },
    { path: "changed.sql", sha: "c", text: "new" },
    { path: "added.sql", sha: "a", text: "added" },
    { path: "moved.sql", sha: "m", text: "same" },
  ],
};
const base = (files: readonly ChangedFile[], head: Tree = tree) => baseTree(head, { files, mergeBase: { sha: "bbb" } });

describe("the base's tree", () => {
  it("is the head's with the changed files put back", () => {
    const { files } = base([
      { path: "changed.sql", status: "modified", base: "old", head: "new" },
      { path: "added.sql", status: "added", head: "added" },
      { path: "moved.sql", previousPath: "from.sql", status: "renamed", base: "same", head: "same" },
      { path: "gone.sql", status: "removed", base: "gone" },
    ]);
    expect(files).toEqual([
      { path: "kept.sql", sha: "k", text: "kept" },
      { path: "changed.sql", sha: "bbb:changed.sql", text: "old" },
      { path: "from.sql", sha: "m", text: "same" },
      { path: "gone.sql", sha: "bbb:gone.sql", text: "gone" },
    ]);
  });

  it("keeps what a copy was made of, and both files of a swap of names", () => {
    const copy = base([{ path: "added.sql", previousPath: "kept.sql", status: "added", head: "added" }]);
    expect(copy.files.map(({ path }) => path)).toEqual(["kept.sql", "changed.sql", "moved.sql"]);
    const swap = base([
      { path: "kept.sql", previousPath: "changed.sql", status: "renamed", base: "new", head: "kept" },
      { path: "changed.sql", previousPath: "kept.sql", status: "renamed", base: "kept", head: "new" },
    ]);
    expect(swap.files.map(({ path, text }) => [path, text]).sort()).toEqual(
      tree.files
        .map(({ path }) => [path, { "kept.sql": "kept", "changed.sql": "new", "added.sql": "added", "moved.sql": "same" }[path]])
        .sort(),
    );
  });

  it("says why the text of a file is not there, and stays incomplete", () => {
    const files: readonly ChangedFile[] = [{ path: "changed.sql", status: "modified", unread: "larger than 512 KB" }];
    const put = base(files, { ...tree, incomplete: "its text is larger than 64 MB" });
    expect(put.files.at(-1)).toEqual({ path: "changed.sql", sha: "bbb:changed.sql", unread: "larger than 512 KB" });
    expect(put.incomplete).toBe("its text is larger than 64 MB");
  });
});

describe("the bounds of a tree", () => {
  it("leave out a large file and go on with the next", () => {
    const bounds = treeBounds();
    expect([bounds.admit(512 * 1024 + 1), bounds.admit(5)]).toEqual([{ unread: "larger than 512 KB" }, {}]);
    expect(bounds.incomplete()).toBeUndefined();
  });

  it("hold at 64 MB of text and 20,000 files", () => {
    const bounds = treeBounds();
    const admitted = Array.from({ length: 20_001 }, () => bounds.admit(4000));
    expect(admitted.filter((one) => one !== null && one.unread === undefined)).toHaveLength(Math.floor((64 * 1024 * 1024) / 4000));
    expect(admitted.at(-1)).toBeNull();
    expect(bounds.incomplete()).toBe("its text is larger than 64 MB; more than 20,000 of its files are wanted");
  });
});

import { isSqlFile } from "../dialect.js";
import { isDownFile, isMigration } from "../migration-files.js";
import { codeLanguage } from "./code.js";
import { migrationTools } from "./registry.js";
import type { MigrationFolder, MigrationTool, RepositoryFile } from "./tool.js";

/** A migration that is a program: what it does to the schema is not known. */
export interface CodeMigration {
  readonly path: string;
  /** `Go`, `Python`, … */
  readonly language: string;
}

export interface FoundFolder extends MigrationFolder {
  /** Null when nothing says whose it is. */
  readonly tool: MigrationTool | null;
  readonly code: readonly CodeMigration[];
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** Layouts that reach over several folders: the part of the path that one history has in common. */
const DEEP: readonly RegExp[] = [
  // A folder for each migration, whose name begins with its version.
  /^(.*?)(?:^|\/)\d[^/]*\/(?:migration|up|down)\.\w+$/,
  /^(.*?(?:^|\/)schema)\/(?:\w+\/)?delta\/\d+\/[^/]+$/,
  /^(.*?(?:^|\/)migrations?)\/(?:[^/]+\/)*[VR][\d._]*__[^/]+$/,
];

/** The folder whose files make one history with this one. */
export function rootOf(path: string): string {
  for (const layout of DEEP) {
    const root = layout.exec(path)?.[1];
    if (root !== undefined) return root;
  }
  return parentOf(path);
}

const below = (root: string, path: string): string => (root === "" ? path : `${root}/${path}`);

const ancestors = (root: string): readonly string[] => (root === "" ? [""] : [root, ...ancestors(parentOf(root))]);

/** Texts of the repository's files by folder and name. */
class Repository {
  private readonly files: ReadonlyMap<string, RepositoryFile>;
  private readonly names = new Map<string, string[]>();

  constructor(files: readonly RepositoryFile[]) {
    this.files = new Map(files.map((file) => [file.path, file]));
    for (const { path } of files) {
      const folder = parentOf(path);
      const names = this.names.get(folder);
      if (names) names.push(path);
      else this.names.set(folder, [path]);
    }
  }

  beside(root: string, path: string): string | undefined {
    return this.files.get(below(root, path))?.text;
  }

  above(root: string, name: RegExp): string | undefined {
    for (const folder of ancestors(root)) {
      const path = this.names.get(folder)?.find((candidate) => name.test(candidate.slice(candidate.lastIndexOf("/") + 1)));
      if (path !== undefined) return this.files.get(path)?.text;
    }
    return undefined;
  }
}

interface Gathered {
  readonly files: RepositoryFile[];
  readonly code: CodeMigration[];
}

function gather(files: readonly RepositoryFile[], configured: readonly string[]): ReadonlyMap<string, Gathered> {
  const roots = new Map<string, Gathered>();
  for (const file of files) {
    const language = codeLanguage(file.path);
    const isSql = isSqlFile(file.path) && !isDownFile(file.path);
    if ((!isSql && language === null) || !isMigration(file.path, configured)) continue;
    const root = rootOf(file.path);
    const gathered = roots.get(root) ?? { files: [], code: [] };
    roots.set(root, gathered);
    if (language === null) gathered.files.push(file);
    else gathered.code.push({ path: file.path, language });
  }
  return roots;
}

/** Every folder of migrations in these files, by its root. */
export function migrationFolders(files: readonly RepositoryFile[], configured: readonly string[]): ReadonlyMap<string, FoundFolder> {
  const repository = new Repository(files);
  const found = (root: string, gathered: Gathered): FoundFolder => {
    const folder: MigrationFolder & Gathered = {
      root,
      ...gathered,
      beside: (path) => repository.beside(root, path),
      above: (name) => repository.above(root, name),
    };
    return { ...folder, tool: migrationTools.find((tool) => tool.recognizes(folder)) ?? null };
  };
  return new Map([...gather(files, configured)].map(([root, gathered]) => [root, found(root, gathered)]));
}

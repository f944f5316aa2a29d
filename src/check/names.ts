// The declarations of all files by name. Models, clusters and schedules share one space of names, so that
// `--set NAME.x=v` means one thing.
import { didYouMean } from "../diagnostics/did-you-mean.js";
import type { Ident, ClusterDecl, Declaration, ModelDecl, OpDecl, ScheduleDecl } from "../syntax/ast.js";
import type { Context } from "./context.js";
import type { LoadedFile } from "./load.js";

export interface Names {
  readonly models: ReadonlyMap<string, ModelDecl>;
  readonly clusters: ReadonlyMap<string, ClusterDecl>;
  /** Schedules of the entry file alone: importing a file for its model does not offer its schedules. */
  readonly schedules: ReadonlyMap<string, ScheduleDecl>;
}

/** Collects declarations; reports names declared twice and declarations that are not compiled yet. */
export function collectNames(files: readonly LoadedFile[], context: Context): Names {
  const models = new Map<string, ModelDecl>();
  const clusters = new Map<string, ClusterDecl>();
  const schedules = new Map<string, ScheduleDecl>();
  const taken = new Map<string, Declaration>();
  // The entry last: of two declarations the user's own is the one to rename.
  const [entry, ...imported] = files;
  for (const { file } of entry ? [...imported, entry] : []) {
    for (const declaration of file.declarations) {
      if (declaration.kind === "Op") {
        reportUserOperator(declaration, context);
        continue;
      }
      if (declaration.kind === "Schedule" && file !== entry?.file) continue;
      if (!claim(declaration, taken, context)) continue;
      const name = declaration.name.text;
      if (declaration.kind === "Model") models.set(name, declaration);
      else if (declaration.kind === "Cluster") clusters.set(name, declaration);
      else schedules.set(name, declaration);
    }
  }
  return { models, clusters, schedules };
}

function claim(declaration: Declaration, taken: Map<string, Declaration>, context: Context): boolean {
  const { name, kind } = declaration;
  if (name.text === "") return false;
  const first = taken.get(name.text);
  if (!first) {
    taken.set(name.text, declaration);
    return true;
  }
  const what = kind.toLowerCase();
  const advice =
    "Models, clusters and schedules of all imported files share their names. Rename one of the two.";
  context.diagnostics.report("duplicate-name", name.span, { what, name: name.text, advice }, [
    { span: first.name.span, message: `a ${first.kind.toLowerCase()} of this name is declared here` },
  ]);
  return false;
}

export function reportUserOperator(declaration: OpDecl, context: Context): void {
  context.diagnostics.report("unsupported", declaration.name.span, {
    what: `The operator declaration "${declaration.name.text}"`,
    available: "Write it as a block of the operators that Weft knows.",
  });
}

/** The declaration that a name refers to, or undefined after reporting that there is none. */
export function lookUp<T>(
  what: "model" | "cluster",
  name: Ident,
  declared: ReadonlyMap<string, T>,
  context: Context,
): T | undefined {
  const found = declared.get(name.text);
  if (found !== undefined || name.text === "" || context.mayBeDeclared(name.text)) return found;
  const otherwise =
    what === "cluster"
      ? 'Import one, such as "weft:clusters/h100".'
      : "Declare it, or import the file that does.";
  const suggestion = didYouMean(name.text, declared.keys(), otherwise);
  context.diagnostics.report("unknown-declaration", name.span, { what, name: name.text, suggestion });
  return undefined;
}

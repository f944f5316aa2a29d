// The one entry to this folder: text in; tree, typed tree and diagnostics out. Never throws on any text.
import { Diagnostics, type Diagnostic } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import type { Expr, File } from "./ast.js";
import { buildTree } from "./build-tree.js";
import type { Entry } from "./brackets.js";
import { parseTokens } from "./grammar.js";
import { layOut } from "./layout.js";
import { lex } from "./lexer.js";
import { reportSyntaxErrors } from "./syntax-errors.js";
import { toFile } from "./to-ast.js";
import { toExpr } from "./to-expr.js";
import type { Tree } from "./tree.js";

export interface ParsedFile {
  readonly file: File;
  readonly tree: Tree;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ParsedExpression {
  readonly expression: Expr;
  readonly tree: Tree;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses a file. Statements with errors are in the typed tree as far as they could be read. */
export function parse(source: Source): ParsedFile {
  const { tree, diagnostics } = parseAs(source, "File");
  return { file: toFile(tree.root), tree, diagnostics };
}

/** Parses a text that is one value, such as that of an option `--set name=value`. */
export function parseExpression(source: Source): ParsedExpression {
  const { tree, diagnostics } = parseAs(source, "Expression");
  const expression = toExpr({ ...tree.root, children: [tree.root] });
  return { expression, tree, diagnostics };
}

function parseAs(source: Source, entry: Entry): { tree: Tree; diagnostics: readonly Diagnostic[] } {
  const diagnostics = new Diagnostics();
  const lexed = lex(source, diagnostics);
  const laidOut = layOut(source, lexed, entry, diagnostics);
  if (laidOut.isTooDeep)
    return { tree: buildTree(source, lexed, undefined), diagnostics: diagnostics.sorted() };
  const { cst, errors } = parseTokens(laidOut.tokens, entry);
  reportSyntaxErrors(source, entry, laidOut, errors, diagnostics);
  return { tree: buildTree(source, lexed, cst), diagnostics: diagnostics.sorted() };
}

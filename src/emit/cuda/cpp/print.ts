// The printer of the syntax tree: where lines break is prettier's layout algorithm, as for schedule files.
import { doc, type Doc } from "prettier";
import type { BinaryOperator, Declaration, Expression, Parameter, Statement } from "./tree.js";

const { group, hardline, indent, join, line, softline, fill } = doc.builders;

/** Columns of a line, as in the emitted .clang-format. */
export const LINE_WIDTH = 110;

/** How tightly operators bind; those of one level group from the left. */
const levels: Readonly<Record<BinaryOperator, number>> = {
  "*": 5,
  "/": 5,
  "%": 5,
  "+": 4,
  "-": 4,
  "<": 3,
  "==": 2,
  "!=": 2,
  "&&": 1,
  "||": 0,
};

/** A file. Ends in a newline. */
export function printFile(declarations: readonly Declaration[]): string {
  const { formatted } = doc.printer.printDocToString([body(declarations), hardline], {
    printWidth: LINE_WIDTH,
    tabWidth: 2,
    useTabs: false,
  });
  return formatted;
}

const body = (declarations: readonly Declaration[]): Doc => lines(declarations, declarationDoc);
const statements = (all: readonly Statement[]): Doc => lines(all, statementDoc);

/** Items one under the other. A blank item leaves a line empty, without the indentation that prettier trims anyway. */
function lines<T>(items: readonly T[], print: (item: T) => Doc): Doc {
  return join(hardline, items.map(print));
}

function declarationDoc(each: Declaration): Doc {
  switch (each.kind) {
    case "include":
      return each.system === true ? `#include <${each.path}>` : `#include "${each.path}"`;
    case "once":
      return "#pragma once";
    case "using":
      return `using ${each.name} = ${each.type};`;
    case "variable": {
      const extents = (each.extents ?? []).map((extent) => ["[", expressionDoc(extent), "]"]);
      const value: Doc =
        each.value === undefined
          ? ""
          : each.value.kind === "braces" && each.value.type === ""
            ? expressionDoc(each.value)
            : [" = ", expressionDoc(each.value)];
      return group([`${each.type} ${each.name}`, extents, value, ";", noteOf(each.note)]);
    }
    case "function":
      return functionDoc(each);
    case "struct":
      return [`struct ${each.name} {`, indent([hardline, body(each.members)]), hardline, "};"];
    case "namespace":
      return [
        `namespace ${each.name} {`,
        hardline,
        hardline,
        body(each.body),
        hardline,
        hardline,
        `}  // namespace ${each.name}`,
      ];
    case "if": {
      const no: Doc = each.no.length === 0 ? [] : [hardline, "#else", hardline, body(each.no)];
      return [`#if ${each.condition}`, hardline, body(each.yes), no, hardline, "#endif"];
    }
    case "asserts":
      return group([
        "static_assert(",
        indent([softline, expressionDoc(each.test), ",", line, JSON.stringify(each.message)]),
        softline,
        ");",
      ]);
    case "comment":
      return commentDoc(each.text);
    case "blank":
      return "";
    default:
      return each satisfies never;
  }
}

const noteOf = (note: string | undefined): Doc => (note === undefined ? "" : `  // ${note}`);

function functionDoc({
  result,
  name,
  parameters,
  body: own,
  suffix,
}: Extract<Declaration, { kind: "function" }>): Doc {
  const head = [result === "" ? "" : `${result} `, name, listDoc("(", parameters.map(parameterDoc), ")")];
  // What a constructor initialises may stand on a line of its own, indented twice.
  const tail: Doc =
    suffix === undefined ? "" : suffix.startsWith(":") ? indent(indent([line, suffix])) : ` ${suffix}`;
  if (own === undefined) return group([head, tail, ";"]);
  if (own.length === 0) return group([head, tail, " {}"]);
  return [group([head, tail, " {"]), indent([hardline, statements(own)]), hardline, "}"];
}

const parameterDoc = ({ type, name, value }: Parameter): Doc => [
  `${type} ${name}`,
  value === undefined ? "" : [" = ", expressionDoc(value)],
];

function statementDoc(each: Statement): Doc {
  switch (each.kind) {
    case "do":
      return group([expressionDoc(each.expression), ";"]);
    case "let":
      return group([`${each.type} ${each.name} = `, expressionDoc(each.value), ";"]);
    case "for": {
      const { variable } = each;
      const head = [
        `for (int ${variable} = `,
        expressionDoc(each.from),
        `; ${variable} < `,
        expressionDoc(each.end),
        `; ++${variable}) {`,
      ];
      return [group(head), indent([hardline, statements(each.body)]), hardline, "}"];
    }
    case "if": {
      const test = ["if (", expressionDoc(each.test), ")"];
      const [only] = each.body;
      if (each.body.length === 1 && only !== undefined && (only.kind === "do" || only.kind === "return"))
        return group([...test, indent([line, statementDoc(only)])]);
      return [group([...test, " {"]), indent([hardline, statements(each.body)]), hardline, "}"];
    }
    case "return":
      return each.value === undefined ? "return;" : group(["return ", expressionDoc(each.value), ";"]);
    case "comment":
      return commentDoc(each.text);
    case "blank":
      return "";
    default:
      return each satisfies never;
  }
}

/** A comment, its words filled into lines; line breaks in it stay, and lines that begin with blanks are kept as they are. */
function commentDoc(content: string): Doc {
  return join(
    hardline,
    content.split("\n").map((paragraph): Doc => {
      if (paragraph === "") return "//";
      if (paragraph.startsWith(" ")) return `// ${paragraph}`;
      const words = paragraph.split(" ").filter((word) => word !== "");
      return filled(words);
    }),
  );
}

/** Words in lines that each begin a comment; prettier's indentation cannot put the slashes there, so `fill` gets them with the break. */
function filled(words: readonly string[]): Doc {
  const { ifBreak } = doc.builders;
  const breaks = [line, ifBreak("// ")];
  const parts = words.flatMap((word, index): Doc[] => (index === 0 ? [`// ${word}`] : [breaks, word]));
  return fill(parts);
}

function expressionDoc(each: Expression): Doc {
  switch (each.kind) {
    case "atom":
      return each.text;
    case "call":
      return [expressionDoc(each.callee), listDoc("(", each.args.map(expressionDoc), ")")];
    case "braces":
      return bracesDoc(each);
    case "member":
      return [operandDoc(each.of, 9), ".", each.name];
    case "lambda":
      return [`${each.head} {`, indent([line, "return ", expressionDoc(each.value), ";"]), line, "}"];
    case "address":
      return ["&", operandDoc(each.of, 9)];
    case "index":
      return [operandDoc(each.of, 9), "[", expressionDoc(each.at), "]"];
    case "binary":
      return binaryDoc(each);
    case "conditional":
      return group([
        operandDoc(each.test, 0),
        indent([line, "? ", operandDoc(each.yes, 0), line, ": ", operandDoc(each.no, 0)]),
      ]);
    default:
      return each satisfies never;
  }
}

function bracesDoc({ type = "", items, tall }: Extract<Expression, { kind: "braces" }>): Doc {
  if (tall !== true) return [type, listDoc("{", items.map(expressionDoc), "}")];
  const each = items.map((item) => [expressionDoc(item), ","]);
  return [type, "{", indent([hardline, join(hardline, each)]), hardline, "}"];
}

/** Items between brackets: on one line, or all of them on the next, or each on its own. */
function listDoc(open: string, items: readonly Doc[], close: string): Doc {
  if (items.length === 0) return [open, close];
  return group([open, indent([softline, group(join([",", line], [...items]))]), softline, close]);
}

function binaryDoc({ op, left, right }: Extract<Expression, { kind: "binary" }>): Doc {
  const level = levels[op];
  // Sums and products may be regrouped on the left alone: integer division and `-` are not associative.
  return group([operandDoc(left, level), ` ${op}`, indent([line, operandDoc(right, level + 1)])]);
}

/** An operand, in parentheses where it binds less tightly than its surroundings. */
function operandDoc(operand: Expression, level: number): Doc {
  const own = operand.kind === "binary" ? levels[operand.op] : operand.kind === "conditional" ? -1 : 9;
  return own < level ? ["(", expressionDoc(operand), ")"] : expressionDoc(operand);
}

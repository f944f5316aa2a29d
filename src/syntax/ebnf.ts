// The grammar in EBNF for readers and other tools, made from the parser's own description of itself.
import { WeftParser } from "./grammar.js";
import { allTypes, TRIVIA_GROUP } from "./tokens.js";

const NOTICE = `/* The grammar of Weft. Generated from src/syntax/grammar.ts by \`npm run generate\`. Do not edit.

   Braces of a model, block, cluster or schedule hold statements, and a Newline ends each; all other newlines are
   blanks. Keywords are names everywhere else. A comma may stand behind the last entry of a list. */
`;

/** The whole of grammar/weft.ebnf: rules in the order of the parser, then the tokens as regular expressions. */
export function toEbnf(): string {
  const rules = new WeftParser().getSerializedGastProductions().map((rule) => {
    const name = "name" in rule && typeof rule.name === "string" ? rule.name : "";
    return `${name} ::= ${sequence(rule.definition ?? [])}`;
  });
  return [NOTICE, ...rules, "", ...tokenRules(), ""].join("\n");
}

/** What Chevrotain serializes, as far as it is used here. */
interface Production {
  readonly type: string;
  readonly name?: string;
  readonly label?: string;
  readonly definition?: readonly Production[];
  readonly separator?: Production;
}

const sequence = (parts: readonly Production[]): string => parts.map(production).join(" ");

function production(part: Production): string {
  const inner = sequence(part.definition ?? []);
  switch (part.type) {
    case "NonTerminal":
      return part.name ?? "";
    case "Terminal":
      return terminal(part);
    case "Option":
      return group(inner, "?");
    case "Repetition":
      return group(inner, "*");
    case "RepetitionWithSeparator":
      return `( ${inner} ( ${part.separator ? terminal(part.separator) : ""} ${inner} )* )?`;
    case "Alternation":
      return `( ${(part.definition ?? []).map((each) => sequence(each.definition ?? [])).join(" | ")} )`;
    default:
      return inner;
  }
}

function group(inner: string, mark: string): string {
  return /^\w+$|^"[^"]*"$/.test(inner) ? inner + mark : `( ${inner} )${mark}`;
}

/** Fixed texts in quotes, the others by name. Labels of fixed texts are in backquotes. */
function terminal(part: Production): string {
  const fixed = /^`(.+)`$/.exec(part.label ?? "");
  return fixed ? `"${fixed[1] ?? ""}"` : (part.name ?? "");
}

/** `Name ::= /pattern/`; a token with variants lists those that are legal. */
function tokenRules(): string[] {
  const illegal = ["OpenString", "SingleQuoted", "MalformedNumber", "OpenComment"];
  return allTypes.flatMap((type) => {
    const variants = allTypes.filter(
      (each) => each.CATEGORIES?.includes(type) && !illegal.includes(each.name),
    );
    if (variants.length > 0) return `${type.name} ::= ${variants.map(({ name }) => name).join(" | ")}`;
    if (!(type.PATTERN instanceof RegExp) || illegal.includes(type.name) || /^`/.test(type.LABEL ?? ""))
      return [];
    const note = type.GROUP === TRIVIA_GROUP ? " /* between any two tokens */" : "";
    return type.PATTERN.source === "NOT_APPLICABLE" ? [] : `${type.name} ::= /${type.PATTERN.source}/${note}`;
  });
}

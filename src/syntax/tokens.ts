// The token types of the language, with the words by which diagnostics call them. Keywords are contextual: the lexer
// knows only names; layout.ts turns a name into a keyword where it stands as one.
import { createToken, Lexer, type TokenType } from "chevrotain";

function trivia(name: string, pattern: RegExp, lineBreaks: boolean): TokenType {
  return createToken({ name, pattern, group: TRIVIA_GROUP, line_breaks: lineBreaks });
}

function token(name: string, pattern: RegExp, label: string): TokenType {
  return createToken({ name, pattern, label });
}

function sign(name: string, text: string): TokenType {
  return createToken({ name, pattern: text, label: `\`${text}\`` });
}

/** A form of a token that is legal in its place but has been reported, or needs a reading of its own. */
function variant(name: string, of: TokenType, pattern: RegExp): TokenType {
  return createToken({ name, pattern, categories: [of], label: of.LABEL ?? of.name });
}

/** A type that the lexer never makes; layout.ts gives it to a token for its place. */
function placed(name: string, text: string): TokenType {
  return createToken({ name, pattern: Lexer.NA, label: `\`${text}\`` });
}

export const TRIVIA_GROUP = "trivia";

export const Blank = trivia("Blank", /[ \t\uFEFF]+/, false);
export const LineComment = trivia("LineComment", /\/\/[^\n\r]*/, false);
export const BlockComment = trivia("BlockComment", /\/\*[\s\S]*?\*\//, true);
export const OpenComment = trivia("OpenComment", /\/\*[\s\S]*/, true);
export const Newline = createToken({
  name: "Newline",
  pattern: /\r\n|\n|\r/,
  label: "a new line",
  line_breaks: true,
});

export const StringLiteral = token("String", Lexer.NA, "a string");
export const ClosedString = variant("ClosedString", StringLiteral, /"(?:[^"\\\n\r]|\\[^\n\r])*"/);
export const SingleQuoted = variant("SingleQuoted", StringLiteral, /'[^'\n\r]*'/);
export const OpenString = variant("OpenString", StringLiteral, /"[^\n\r]*/);

export const NumberLiteral = token("Number", Lexer.NA, "a number");
export const MalformedNumber = variant(
  "MalformedNumber",
  NumberLiteral,
  /\.\d[\w.]*|0[xXbBoO]\w+|\d[\d.]*_[\w.]*|\d+\.(?!\d)\w*|\d+(?:\.\d+){2,}[\w.]*/,
);
export const PlainNumber = variant("PlainNumber", NumberLiteral, /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/);
// A unit is a word, or two with a slash between. An exponent is no unit, and neither is a word before `=`, `:` or `(`:
// that is the name of the next entry, with a comma or a new line missing.
export const Quantity = token(
  "Quantity",
  /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[ \t]*(?![eE]\d+(?!\w))[A-Za-z_µμ]\w*(?:\/[A-Za-z]\w*)?(?![\wµμ]|[ \t]*[=:(])/,
  "a quantity",
);
export const Identifier = token("Identifier", /[A-Za-z_]\w*/, "a name");

export const LeftParen = sign("LeftParen", "(");
export const RightParen = sign("RightParen", ")");
export const LeftBracket = sign("LeftBracket", "[");
export const RightBracket = sign("RightBracket", "]");
/** Braces of a record; newlines between them are blanks. */
export const LeftBrace = sign("LeftBrace", "{");
export const RightBrace = sign("RightBrace", "}");
export const Comma = sign("Comma", ",");
export const Colon = sign("Colon", ":");
export const Arrow = sign("Arrow", "->");
export const Equals = sign("Equals", "=");
export const Comparison = token("Comparison", /<=|>=|<|>/, "a comparison");
export const Plus = sign("Plus", "+");
export const Minus = sign("Minus", "-");
export const Star = sign("Star", "*");
export const Slash = sign("Slash", "/");

/** Braces of a body; newlines between them end statements. */
export const BodyOpen = placed("BodyOpen", "{");
export const BodyClose = placed("BodyClose", "}");
/** A comma before a closing bracket. */
export const TrailingComma = placed("TrailingComma", ",");

const word = (text: string): TokenType =>
  placed(`${text[0]?.toUpperCase() ?? ""}${text.slice(1)}Keyword`, text);

/** The contextual keywords by their text. */
export const keywords = {
  import: word("import"),
  model: word("model"),
  block: word("block"),
  op: word("op"),
  return: word("return"),
  cluster: word("cluster"),
  gpu: word("gpu"),
  tier: word("tier"),
  schedule: word("schedule"),
  of: word("of"),
  on: word("on"),
  require: word("require"),
  profile: word("profile"),
} as const;

export type Keyword = keyof typeof keywords;

/** In the order in which the lexer tries them. */
export const lexedTypes: TokenType[] = [
  ...[Blank, LineComment, BlockComment, OpenComment, Newline],
  ...[ClosedString, OpenString, SingleQuoted, MalformedNumber, Quantity, PlainNumber, Identifier],
  ...[LeftParen, RightParen, LeftBracket, RightBracket, LeftBrace, RightBrace, Comma, Colon],
  ...[Arrow, Comparison, Equals, Plus, Minus, Star, Slash],
  ...[StringLiteral, NumberLiteral],
];

export const allTypes: TokenType[] = [
  ...lexedTypes,
  ...[BodyOpen, BodyClose, TrailingComma],
  ...Object.values(keywords),
];

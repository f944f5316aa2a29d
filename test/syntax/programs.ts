// Random valid programs as lists of pieces, for property tests. A piece is a token, or `END` where a newline ends a
// statement; `print` puts random blanks, comments and newlines wherever the language allows them.
import fc, { type Arbitrary } from "fast-check";

export const END = "\n";
/** Between these, newlines are blanks; they hold values only. */
const OPEN = "([{";
const CLOSE = ")]}";
/** Braces of bodies, in which newlines end statements. */
const BODY_OPEN = "BODY{";
const BODY_CLOSE = "}BODY";

export type Pieces = readonly string[];

const name = fc.constantFrom(
  "x",
  "h",
  "top_k",
  "moe",
  "model",
  "on",
  "of",
  "op",
  "tier",
  "gpu",
  "block",
  "B200",
);
const literal = fc.constantFrom("1", "0.5", "1e9", "80 GiB", "200GB/s", '"a.json"', '"q\\"\\\\"', "4.5 us");

const { expression } = fc.letrec<{ expression: Pieces; operand: Pieces }>((tie) => ({
  operand: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    literal.map((each) => [each]),
    name.map((each) => [each]),
    listed("(", tie("expression"), ")"),
    fc.tuple(name, listed("(", argument(tie("expression")), ")")).map(([callee, args]) => [callee, ...args]),
    listed("[", tie("expression"), "]"),
    listed("{", field(tie("expression")), "}"),
  ),
  expression: fc
    .tuple(
      tie("operand"),
      fc.array(fc.tuple(fc.constantFrom("+", "-", "*", "/"), tie("operand")), { maxLength: 2 }),
    )
    .map(([first, rest]) => [...first, ...rest.flatMap(([operator, operand]) => [operator, ...operand])]),
}));

function field(value: Arbitrary<Pieces>): Arbitrary<Pieces> {
  return fc.tuple(name, value).map(([key, pieces]) => [key, ":", ...pieces]);
}

function argument(value: Arbitrary<Pieces>): Arbitrary<Pieces> {
  return fc.oneof(value, field(value));
}

function listed(open: string, entry: Arbitrary<Pieces>, close: string): Arbitrary<Pieces> {
  const isGroup = open === "(";
  return fc
    .array(entry, { minLength: isGroup ? 1 : 0, maxLength: isGroup ? 1 : 3 })
    .map((entries) => [
      open,
      ...entries.flatMap((pieces, index) => (index === 0 ? pieces : [",", ...pieces])),
      close,
    ]);
}

function body(statement: Arbitrary<Pieces>): Arbitrary<Pieces> {
  return fc
    .array(statement, { maxLength: 3 })
    .map((statements) => [BODY_OPEN, ...statements.flatMap((each) => [END, ...each]), END, BODY_CLOSE]);
}

const binding = fc.tuple(name, expression).map(([key, value]) => [key, "=", ...value]);
const record = listed("{", field(expression), "}");
const parameters = fc
  .array(name, { maxLength: 3 })
  .map((names) => ["(", ...names.flatMap((each, index) => (index === 0 ? [each] : [",", each])), ")"]);
const type = expression.map((size) => ["tokens", "[", ...size, "]"]);

const block = fc
  .tuple(
    name,
    parameters,
    body(
      fc.oneof(
        binding,
        expression.map((value) => ["return", ...value]),
      ),
    ),
  )
  .map(([key, params, statements]) => ["block", key, ...params, ...statements]);
const op = fc
  .tuple(name, type, type, record)
  .map(([key, from, to, fields]) => ["op", key, "(", "x", ":", ...from, ")", "->", ...to, ...fields]);
const model = fc
  .tuple(name, body(fc.oneof(binding, block, op)))
  .map(([key, statements]) => ["model", key, ...statements]);
const cluster = fc
  .tuple(
    name,
    parameters,
    body(
      fc.oneof(
        record.map((fields) => ["gpu", ...fields]),
        fc.tuple(name, record).map(([key, fields]) => ["tier", key, ...fields]),
      ),
    ),
  )
  .map(([key, params, statements]) => ["cluster", key, ...params, ...statements]);
const requirement = fc
  .tuple(name, fc.constantFrom("<=", ">=", "<", ">"), expression)
  .map(([subject, comparison, value]) => ["require", subject, comparison, ...value]);
const schedule = fc
  .tuple(name, name, name, body(fc.oneof(binding, requirement, fc.constant(["profile", '"ops.json"']))))
  .map(([key, of, on, statements]) => [
    "schedule",
    key,
    "of",
    of,
    "on",
    on,
    "(",
    "nodes",
    ":",
    "4",
    ")",
    ...statements,
  ]);

/** A whole file. */
export const program: Arbitrary<Pieces> = fc
  .array(fc.oneof(fc.constant(["import", '"weft:clusters/h800"']), model, cluster, schedule, op), {
    maxLength: 3,
  })
  .map((declarations) => declarations.flatMap((each, index) => (index === 0 ? each : [END, ...each])));

const BLANKS = [" ", "  ", "\t", " /* a */ ", " /* (\n*/ "];
const NEWLINES = ["\n", "\r\n", " // rest }\n", "\n\n \n", " /* b */\n  // c\n"];

/** Writes a program with trivia chosen by `choices`, one number for each gap. */
export function print(pieces: Pieces, choices: readonly number[]): string {
  let text = "";
  let depth = 0;
  pieces.forEach((piece, index) => {
    const choice = choices[index % Math.max(1, choices.length)] ?? 0;
    const pick = (from: readonly string[]): string => from[choice % from.length] ?? "";
    if (piece === END) text += pick(NEWLINES);
    else if (index > 0) text += pick(depth > 0 ? [...BLANKS, ...NEWLINES] : BLANKS);
    if (piece === END) return;
    if (OPEN.includes(piece)) depth += 1;
    if (CLOSE.includes(piece)) depth -= 1;
    text += piece.replace("BODY", "");
  });
  return text;
}

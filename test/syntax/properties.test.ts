import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../../src/diagnostics/report.js";
import { parseTokens } from "../../src/syntax/grammar.js";
import { layOut } from "../../src/syntax/layout.js";
import { lex } from "../../src/syntax/lexer.js";
import { parse, parseExpression } from "../../src/syntax/parse.js";
import { print } from "../../src/syntax/print.js";
import { tokensOf, type Node } from "../../src/syntax/tree.js";
import { END, print as write, program, type Pieces } from "./programs.js";

const choices = fc.array(fc.nat(99), { minLength: 1, maxLength: 40 });
const sourceOf = (text: string) => ({ uri: "a.weft", text });

describe("valid programs, however they are laid out", () => {
  it("have no diagnostics, and their tree prints as the same text", () => {
    fc.assert(
      fc.property(program, choices, (pieces, gaps) => {
        const text = write(pieces, gaps);
        const { tree, diagnostics } = parse(sourceOf(text));
        expect(diagnostics).toEqual([]);
        expect(print(tree)).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  it("have the same typed tree in every layout, spans aside", () => {
    const withoutSpans = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (key, each: unknown) => (/span$/i.test(key) ? undefined : each)));
    fc.assert(
      fc.property(program, choices, (pieces, gaps) => {
        const plain = parse(sourceOf(write(pieces, [0]))).file;
        const loose = parse(sourceOf(write(pieces, gaps))).file;
        expect(withoutSpans(loose)).toEqual(withoutSpans(plain));
      }),
    );
  });
});

/** Tokens taken out, put in, doubled or swapped. */
type Edit = {
  readonly at: number;
  readonly kind: "delete" | "insert" | "double" | "swap";
  readonly piece: string;
};
const piece = fc.constantFrom(
  ...["(", ")", "[", "]", "{", "}", ",", ":", "=", "->", "<=", "+", "*", "-", "/", END],
  ...[
    "x",
    "model",
    "block",
    "return",
    "schedule",
    "of",
    "require",
    "7",
    "80 GiB",
    '"s"',
    '"open',
    "@",
    "\u0000",
    "1.2.3",
  ],
);
const edits = fc.array(
  fc.record<Edit>({ at: fc.nat(), kind: fc.constantFrom("delete", "insert", "double", "swap"), piece }),
  { minLength: 1, maxLength: 4 },
);

function damage(pieces: Pieces, all: readonly Edit[]): Pieces {
  const result = [...pieces];
  for (const { at, kind, piece } of all) {
    const index = at % (result.length + 1);
    const here = result[index] ?? piece;
    if (kind === "delete") result.splice(index, 1);
    else if (kind === "insert") result.splice(index, 0, piece);
    else if (kind === "double") result.splice(index, 0, here);
    else result.splice(index, 2, result[index + 1] ?? piece, here);
  }
  return result;
}

/** What holds of every text. */
function checkAnyText(text: string): void {
  const source = sourceOf(text);
  const { tree, diagnostics } = parse(source);
  expect(print(tree)).toBe(text);
  let offset = 0;
  for (const token of tokensOf(tree)) {
    for (const { span, text: part } of [...token.leading, token]) {
      if (span.start !== offset || span.end !== offset + part.length) expect.fail(`a gap before ${offset}`);
      offset = span.end;
    }
  }
  for (const { span } of diagnostics) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  if (hasErrorNode(tree.root)) expect(diagnostics).not.toEqual([]);
  const collected = new Diagnostics();
  const lexed = lex(source, collected);
  const laidOut = layOut(source, lexed, "File", collected);
  const isRejected = !laidOut.isTooDeep && parseTokens(laidOut.tokens, "File").errors.length > 0;
  if (isRejected || laidOut.isTooDeep || laidOut.inserted.size > 0) expect(diagnostics).not.toEqual([]);
  expect(() => parseExpression(source)).not.toThrow();
}

function hasErrorNode(node: Node): boolean {
  return node.kind === "Error" || node.children.some((child) => child.type === "node" && hasErrorNode(child));
}

describe("damaged programs", () => {
  it("never throw, keep every character, and are reported", () => {
    fc.assert(
      fc.property(program, edits, choices, (pieces, all, gaps) =>
        checkAnyText(write(damage(pieces, all), gaps)),
      ),
      { numRuns: 300 },
    );
  });

  it("also when characters rather than tokens are random", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 80 }), checkAnyText), { numRuns: 300 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => checkAnyText(pieces.join(" "))),
      { numRuns: 300 },
    );
  });

  it("have a typed tree without holes", () => {
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit);
      else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
      else expect(value).not.toBeUndefined();
    };
    fc.assert(
      fc.property(program, edits, (pieces, all) =>
        visit(parse(sourceOf(write(damage(pieces, all), [0]))).file),
      ),
    );
  });
});

describe("hostile texts", () => {
  const limits: readonly (readonly [string, string])[] = [
    ["parentheses", "x = " + "(".repeat(10_000)],
    ["closed parentheses", "x = " + "(".repeat(10_000) + "1" + ")".repeat(10_000)],
    ["calls", "x = " + "f(a: ".repeat(10_000)],
    ["records", "x = " + "{a: ".repeat(10_000)],
    ["signs", "x = " + "-".repeat(10_000) + "1"],
    ["a sum", "x = 1" + " + 1".repeat(10_000)],
  ];
  it.each(limits)("%s are nested too deeply, said once", (_, line) => {
    const { diagnostics } = parse(sourceOf(`model M {\n${line}\n}`));
    expect(diagnostics.map(({ code }) => code)).toEqual(["nesting-too-deep"]);
  });

  it("nesting just below the limit is read", () => {
    const line = "x = " + "f(a: [".repeat(45) + "1" + "])".repeat(45);
    expect(parse(sourceOf(`model M {\nblock b(x) {\n${line}\n}\n}`)).diagnostics).toEqual([]);
  });

  it.each(["x = 1 [0]\n", "block {\n", "f(\n", "a ]\n", "model A {\n", '"\n', "}", ", "])(
    "%j five thousand times is reported",
    (line) => {
      const text = "model A {" + line.repeat(5000);
      const { tree, diagnostics } = parse(sourceOf(text));
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(print(tree)).toBe(text);
    },
  );
});

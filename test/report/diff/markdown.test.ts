// What is put into Markdown comes out of a Markdown parser as it was.
import fc from "fast-check";
import * as prettierMarkdown from "prettier/plugins/markdown";
import { describe, expect, it } from "vitest";
import { cell, code, table, text } from "../../../src/report/diff/markdown.js";

interface Tree {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Tree[];
}
const parse = (markdown: string): Tree =>
  prettierMarkdown.parsers.markdown.parse(markdown, {} as never) as Tree;
const textOf = ({ value, children = [] }: Tree): string => value ?? children.map(textOf).join("");
const typesOf = ({ type, children = [] }: Tree): readonly string[] => [type, ...children.flatMap(typesOf)];

const marks = fc.constantFrom(..."a1 _*`|[]()#<>&~!\\+-=.".split(""), "\n", "ab", "3 * dense", "<b>", "&lt;");
const written = fc.array(marks, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(""));
/** As Markdown shows it: on one line, without blanks around it. */
const shown = (value: string): string => value.replace(/\s+/g, " ").trim();

describe("text", () => {
  it("is itself, and nothing but text", () => {
    fc.assert(
      fc.property(
        written.filter((value) => shown(value) !== ""),
        (value) => {
          const tree = parse(text(shown(value)));
          expect(textOf(tree)).toBe(shown(value));
          expect(new Set(typesOf(tree))).toEqual(new Set(["root", "paragraph", "text"]));
        },
      ),
    );
  });
});

describe("code", () => {
  it("is itself, in a paragraph and in a table", () => {
    fc.assert(
      fc.property(
        written.filter((value) => shown(value) !== ""),
        (value) => {
          expect(shown(textOf(parse(`x ${code(shown(value))}`)))).toBe(`x ${shown(value)}`);
        },
      ),
    );
  });
});

describe("a table", () => {
  it("has the cells that were put in", () => {
    const inCell = written
      .map((value) => shown(value))
      .filter((value) => value !== "" && !value.endsWith("\\"));
    fc.assert(
      fc.property(fc.array(fc.tuple(inCell, inCell), { minLength: 1, maxLength: 4 }), (rows) => {
        const drawn = table(
          ["name", ""],
          ["left", "right"],
          rows.map(([one, other]) => [cell(one), cell(other)]),
        );
        const tree = parse(drawn.join("\n")).children?.[0];
        expect(tree?.type).toBe("table");
        expect(tree?.children?.slice(1).map((row) => row.children?.map(textOf))).toEqual(rows);
      }),
    );
  });

  it("keeps bars within code", () => {
    const drawn = table(["", ""], ["left", "left"], [[code("a|b", { inTable: true }), code("c")]]);
    const row = parse(drawn.join("\n")).children?.[0]?.children?.[1];
    expect(row?.children?.map(textOf)).toEqual(["a|b", "c"]);
  });
});

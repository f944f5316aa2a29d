import { describe, expect, it } from "vitest";
import { parseExpression } from "../../src/syntax/parse.js";

describe("a value of --set that is none", () => {
  it.each([
    ["", "Expected a value after the start of the text, but found the end of the text."],
    ["1 2", "Expected the end of the value, but found `2`."],
    ["a = 3", "Expected the end of the value, but found `=`."],
    ["(1", "This `(` is never closed."],
    ["1)", "This `)` closes nothing."],
    ["zipf(s = 1.2)", "Expected `:`, but found `=`."],
    ["@", "The character `@` has no meaning in Weft."],
  ])("%j", (text, message) => {
    const { diagnostics } = parseExpression({ uri: `--set M.k=${text}`, text });
    expect(diagnostics.map((each) => each.message)).toEqual([message]);
    expect(diagnostics[0]?.span.source).toBe(`--set M.k=${text}`);
  });
});

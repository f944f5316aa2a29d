import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { toEbnf } from "../../src/syntax/ebnf.js";

it("grammar/weft.ebnf is what the parser says of itself; `npm run generate` writes it", () => {
  expect(readFileSync(new URL("../../grammar/weft.ebnf", import.meta.url), "utf8")).toBe(toEbnf());
});

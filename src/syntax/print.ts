// The tree back to text, exactly; how it should look is the formatter's business.
import { tokensOf, type Tree } from "./tree.js";

/** The text that was parsed, character by character. */
export function print(tree: Tree): string {
  let text = "";
  for (const token of tokensOf(tree)) {
    for (const trivia of token.leading) text += trivia.text;
    text += token.text;
  }
  return text;
}

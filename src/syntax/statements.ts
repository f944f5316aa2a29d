// How a statement begins: which words are keywords in which body, and what a line that begins one looks like.
import { tokenMatcher, type IToken } from "chevrotain";
import { nearestName } from "../diagnostics/did-you-mean.js";
import {
  Colon,
  Equals,
  Identifier,
  keywords,
  LeftBrace,
  NumberLiteral,
  Quantity,
  StringLiteral,
  type Keyword,
} from "./tokens.js";

/** The bodies in which newlines end statements. */
export type BodyKind = "file" | "model" | "block" | "cluster" | "schedule";

/** The keywords that may begin a statement of each body. */
export const ALLOWED: Readonly<Record<BodyKind, readonly Keyword[]>> = {
  file: ["import", "model", "cluster", "schedule", "op"],
  model: ["block", "op"],
  block: ["return"],
  cluster: ["gpu", "tier"],
  schedule: ["require", "profile"],
};

/** The grammar's rule for a statement of each body. */
export const ITEMS: Readonly<Record<BodyKind, string>> = {
  file: "FileItem",
  model: "ModelItem",
  block: "BlockItem",
  cluster: "ClusterItem",
  schedule: "ScheduleItem",
};

/** How many tokens stand before the `(` or `{` of a declaration with a body: `schedule a of B on C`. */
export const HEADER_LENGTH: Readonly<Partial<Record<Keyword, number>>> = {
  model: 2,
  block: 2,
  cluster: 2,
  schedule: 6,
};

/** Whether `name = value` is a statement of this body. */
export function bindsNames(body: BodyKind): boolean {
  return body === "model" || body === "block" || body === "schedule";
}

export function isBodyKeyword(keyword: Keyword | undefined): keyword is Exclude<BodyKind, "file"> {
  return keyword !== undefined && HEADER_LENGTH[keyword] !== undefined;
}

const isKeyword = (text: string): text is Keyword =>
  Object.hasOwn(keywords, text) && text !== "of" && text !== "on";

/** The keyword that a statement of `body` begins with; a name before `=` is a name, whatever its text. */
export function keywordAt(token: IToken, next: IToken | undefined, body: BodyKind): Keyword | undefined {
  if (!isKeyword(token.image) || next?.tokenType === Equals) return undefined;
  if (next?.tokenType === Colon && bindsNames(body)) return undefined;
  return token.image;
}

/** The keyword meant by a misspelt one, where two names in a row show that a keyword was meant. */
export function misspeltKeyword(
  token: IToken,
  next: IToken | undefined,
  body: BodyKind,
): Keyword | undefined {
  if (token.tokenType !== Identifier || next === undefined) return undefined;
  if (!tokenMatcher(next, Identifier) && !tokenMatcher(next, StringLiteral)) return undefined;
  const nearest = nearestName(token.image, ALLOWED[body]);
  return nearest !== undefined && isKeyword(nearest) ? nearest : undefined;
}

/** Whether a line that begins with these two tokens begins a statement rather than going on with a value. */
export function looksLikeStatement(token: IToken | undefined, next: IToken | undefined): boolean {
  if (token?.tokenType !== Identifier || next === undefined) return false;
  if (next.tokenType === Equals) return true;
  if (!isKeyword(token.image)) return false;
  const follows = [Identifier, StringLiteral, NumberLiteral, Quantity];
  if (token.image === "gpu") follows.push(LeftBrace);
  return follows.some((type) => tokenMatcher(next, type));
}

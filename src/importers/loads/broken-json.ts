// Where a text stops being JSON: the runtime's parser says it for some mistakes only.
import { counted } from "./fault.js";

const NUMBER_OR_WORD =
  /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)\b|NaN\b|-?Infinity\b/y;

export interface Break {
  readonly offset: number;
  /** Completes a sentence that begins with the place. */
  readonly reason: string;
}

/** What may come next: a value, a key, what follows either, or nothing more. `first` of a list or object also allows its end. */
type Expected = "value" | "first value" | "key" | "first key" | "colon" | "separator" | "nothing";

/** The first place at which a text is no JSON, given that it is none. */
export function whereBroken(text: string): Break {
  const open: ("[" | "{")[] = [];
  let expected: Expected = "value";
  const after = (): Expected => (open.length === 0 ? "nothing" : "separator");
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const token = tokenAt(text, at);
    if (token === undefined) return { offset: at, reason: `it is not JSON: ${found(text, at)}` };
    const [kind, end] = token;
    switch (kind) {
      case "[":
      case "{":
        if (!wantsValue(expected)) return unexpected(text, at, expected);
        open.push(kind);
        expected = kind === "[" ? "first value" : "first key";
        break;
      case "]":
      case "}": {
        const closes = kind === "]" ? "[" : "{";
        const may = expected === "separator" || expected === (kind === "]" ? "first value" : "first key");
        if (!may || open.pop() !== closes) return unexpected(text, at, expected);
        expected = after();
        break;
      }
      case ",":
        if (expected !== "separator") return unexpected(text, at, expected);
        expected = open.at(-1) === "{" ? "key" : "value";
        break;
      case ":":
        if (expected !== "colon") return unexpected(text, at, expected);
        expected = "value";
        break;
      case "string":
        if (expected === "key" || expected === "first key") expected = "colon";
        else if (wantsValue(expected)) expected = after();
        else return unexpected(text, at, expected);
        break;
      case "other":
        if (!wantsValue(expected)) return unexpected(text, at, expected);
        expected = after();
        break;
      default:
        return kind satisfies never;
    }
    at = end;
  }
  const reason =
    open.length === 0 ? "it is not JSON" : `it ends with ${counted(open.length, "bracket")} open`;
  return { offset: text.length, reason };
}

type TokenKind = "[" | "]" | "{" | "}" | "," | ":" | "string" | "other";

/** The kind of the token at an offset, and the offset behind it; nothing where there is none. */
function tokenAt(text: string, at: number): readonly [TokenKind, number] | undefined {
  const character = text.charAt(at);
  switch (character) {
    case "[":
    case "]":
    case "{":
    case "}":
    case ",":
    case ":":
      return [character, at + 1];
    case '"': {
      const end = endOfLiteral(text, at);
      return end === undefined ? undefined : ["string", end];
    }
    default:
      NUMBER_OR_WORD.lastIndex = at;
      return NUMBER_OR_WORD.test(text) ? ["other", NUMBER_OR_WORD.lastIndex] : undefined;
  }
}

function endOfLiteral(text: string, from: number): number | undefined {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return undefined;
    if (code === 0x5c) at++;
  }
  return undefined;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text[at]!)) at++;
  return at;
}

const wantsValue = (expected: Expected): boolean => expected === "value" || expected === "first value";

const WANTED: Readonly<Record<Expected, string>> = {
  value: "a value",
  "first value": 'a value or "]"',
  key: "a key",
  "first key": 'a key or "}"',
  colon: '":"',
  separator: '"," or the end of the list or object',
  nothing: "nothing more",
};

const unexpected = (text: string, at: number, expected: Expected): Break => ({
  offset: at,
  reason: `it is not JSON: ${found(text, at)} instead of ${WANTED[expected]}`,
});

/** What stands at an offset, cut short. */
function found(text: string, at: number): string {
  const [word = ""] = /^(?:[\w.+-]+|[^])/.exec(text.slice(at, at + 24)) ?? [];
  return `it has ${JSON.stringify(word)}`;
}

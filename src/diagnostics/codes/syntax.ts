// Codes of the lexer and the parser: text that is not Weft.
import { defineCodes } from "../define.js";
import { message } from "../param-message.js";

export const syntaxCodes = defineCodes({
  "unexpected-character": {
    severity: "error",
    message: message`The character ${"character"} has no meaning in Weft.`,
    hint: message`${"advice"}`,
    label: message`not part of the language`,
  },
  "unterminated-string": {
    severity: "error",
    message: message`This string has no closing quote on its line.`,
    hint: message`Close it with ". A string cannot span lines.`,
    label: message`opened here`,
  },
  "unknown-escape": {
    severity: "error",
    message: message`${"escape"} is not an escape that strings know.`,
    hint: message`Strings know \\" for a quote and \\\\ for a backslash. Write paths with /.`,
    label: message`unknown escape`,
  },
  "unterminated-comment": {
    severity: "error",
    message: message`This comment is never closed.`,
    hint: message`Close it with */, or begin each line with // instead.`,
    label: message`opened here`,
  },
  "malformed-number": {
    severity: "error",
    message: message`${"text"} is not a number.`,
    hint: message`Write numbers like 7168, 0.5 or 1e9, without separators between digits.`,
    label: message`not a number`,
  },
  "unclosed-bracket": {
    severity: "error",
    message: message`This ${"open"} is never closed.`,
    hint: message`Add ${"close"} ${"where"}.`,
    label: message`opened here`,
  },
  "unmatched-bracket": {
    severity: "error",
    message: message`This ${"close"} closes nothing.`,
    hint: message`Remove it, or add the ${"open"} that it should close.`,
    label: message`no ${"open"} before it`,
  },
  "nesting-too-deep": {
    severity: "error",
    message: message`This is nested more than ${"limit"} levels deep.`,
    hint: message`Name the inner parts: each block may bind names with "name = value".`,
    label: message`level ${"limit"} is exceeded here`,
  },
  "missing-comma": {
    severity: "error",
    message: message`A comma is missing between ${"before"} and ${"after"}.`,
    hint: message`Separate the entries of (), [] and {} by commas, on several lines too.`,
    label: message`comma expected before this`,
  },
  "missing-newline": {
    severity: "error",
    message: message`A new line is missing between ${"before"} and ${"after"}.`,
    hint: message`Write each statement on its own line.`,
    label: message`start a new line before this`,
  },
  "missing-value": {
    severity: "error",
    message: message`Expected a value after ${"after"}, but found ${"found"}.`,
    hint: message`${"advice"}`,
    label: message`value expected here`,
  },
  "unexpected-token": {
    severity: "error",
    message: message`Expected ${"expected"}, but found ${"found"}.`,
    hint: message`${"advice"}`,
    label: message`expected ${"expected"}`,
  },
  "misplaced-item": {
    severity: "error",
    message: message`${"item"} cannot stand ${"where"}.`,
    hint: message`${"advice"}`,
    label: message`not allowed here`,
  },
});

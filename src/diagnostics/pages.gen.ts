// Generated from pages/*.md by `npm run generate`. Do not edit.
import type { Code } from "./codes.js";
import binaryFile from "./pages/binary-file.md";
import cpuInstead from "./pages/cpu-instead.md";
import doesNotFitMemory from "./pages/does-not-fit-memory.md";
import emptyFile from "./pages/empty-file.md";
import fileTooLarge from "./pages/file-too-large.md";
import malformedNumber from "./pages/malformed-number.md";
import misplacedItem from "./pages/misplaced-item.md";
import missingComma from "./pages/missing-comma.md";
import missingFile from "./pages/missing-file.md";
import missingNewline from "./pages/missing-newline.md";
import missingValue from "./pages/missing-value.md";
import nestingTooDeep from "./pages/nesting-too-deep.md";
import noWebgpu from "./pages/no-webgpu.md";
import notAFile from "./pages/not-a-file.md";
import planForeign from "./pages/plan-foreign.md";
import planInconsistent from "./pages/plan-inconsistent.md";
import planMalformed from "./pages/plan-malformed.md";
import planNotJson from "./pages/plan-not-json.md";
import requirementNotMet from "./pages/requirement-not-met.md";
import scheduleNotChosen from "./pages/schedule-not-chosen.md";
import unclosedBracket from "./pages/unclosed-bracket.md";
import unexpectedCharacter from "./pages/unexpected-character.md";
import unexpectedToken from "./pages/unexpected-token.md";
import unknownCode from "./pages/unknown-code.md";
import unknownEscape from "./pages/unknown-escape.md";
import unknownSchedule from "./pages/unknown-schedule.md";
import unknownTarget from "./pages/unknown-target.md";
import unmatchedBracket from "./pages/unmatched-bracket.md";
import unreadableFile from "./pages/unreadable-file.md";
import unterminatedComment from "./pages/unterminated-comment.md";
import unterminatedString from "./pages/unterminated-string.md";
import unwritableOutput from "./pages/unwritable-output.md";
import worstCaseDoesNotFit from "./pages/worst-case-does-not-fit.md";
import wrongArguments from "./pages/wrong-arguments.md";

/** What `weft explain CODE` prints, in Markdown. */
export const pages: Readonly<Record<Code, string>> = {
  "binary-file": binaryFile,
  "cpu-instead": cpuInstead,
  "does-not-fit-memory": doesNotFitMemory,
  "empty-file": emptyFile,
  "file-too-large": fileTooLarge,
  "malformed-number": malformedNumber,
  "misplaced-item": misplacedItem,
  "missing-comma": missingComma,
  "missing-file": missingFile,
  "missing-newline": missingNewline,
  "missing-value": missingValue,
  "nesting-too-deep": nestingTooDeep,
  "no-webgpu": noWebgpu,
  "not-a-file": notAFile,
  "plan-foreign": planForeign,
  "plan-inconsistent": planInconsistent,
  "plan-malformed": planMalformed,
  "plan-not-json": planNotJson,
  "requirement-not-met": requirementNotMet,
  "schedule-not-chosen": scheduleNotChosen,
  "unclosed-bracket": unclosedBracket,
  "unexpected-character": unexpectedCharacter,
  "unexpected-token": unexpectedToken,
  "unknown-code": unknownCode,
  "unknown-escape": unknownEscape,
  "unknown-schedule": unknownSchedule,
  "unknown-target": unknownTarget,
  "unmatched-bracket": unmatchedBracket,
  "unreadable-file": unreadableFile,
  "unterminated-comment": unterminatedComment,
  "unterminated-string": unterminatedString,
  "unwritable-output": unwritableOutput,
  "worst-case-does-not-fit": worstCaseDoesNotFit,
  "wrong-arguments": wrongArguments,
};

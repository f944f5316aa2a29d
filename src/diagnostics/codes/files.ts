// Codes of reading files: what stands on disk, before a word of it is read as Weft.
import { defineCodes } from "../define.js";
import { message } from "../param-message.js";

export const fileCodes = defineCodes({
  "missing-file": {
    severity: "error",
    message: message`There is no file ${"path"}.`,
    hint: message`Check the spelling. Paths are relative to ${"start"}; library files begin with "weft:".`,
    label: message`not found`,
  },
  "not-a-file": {
    severity: "error",
    message: message`${"path"} is a folder, not a file.`,
    hint: message`Name one file in it.`,
    label: message`a folder`,
  },
  "unreadable-file": {
    severity: "error",
    message: message`${"path"} cannot be read: ${"reason"}.`,
    hint: message`Check the file's permissions.`,
    label: message`cannot be read`,
  },
  "binary-file": {
    severity: "error",
    message: message`${"path"} is not a UTF-8 text: byte ${"offset"} ${"problem"}.`,
    hint: message`Weft reads UTF-8 text. Check that this is the file you meant, and save it as UTF-8.`,
    label: message`binary`,
  },
  "compressed-file": {
    severity: "error",
    message: message`${"path"} is compressed by gzip.`,
    hint: message`Unpack it first, by gunzip, and name the file that comes out.`,
    label: message`compressed`,
  },
  "empty-file": {
    severity: "error",
    message: message`${"path"} is empty.`,
    hint: message`A schedule file imports or declares a model and a cluster, and says how one is mapped to the other. The folder examples/ has some to start from.`,
    label: message`nothing here`,
  },
  "file-too-large": {
    severity: "error",
    message: message`${"path"} has ${"bytes"} bytes; Weft reads files of up to ${"limit"} bytes.`,
    hint: message`A schedule file is some kilobytes long. Check that this is the file you meant.`,
    label: message`too large`,
  },
});

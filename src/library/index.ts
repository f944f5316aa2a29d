// The library: models and clusters that ship with Weft, as Weft text. A file is imported by its key.
import a100 from "./clusters/a100.weft";
import h100 from "./clusters/h100.weft";
import h800 from "./clusters/h800.weft";

/** Text of each library file by the uri that imports it. */
export const library: ReadonlyMap<string, string> = new Map([
  ["weft:clusters/a100", a100],
  ["weft:clusters/h100", h100],
  ["weft:clusters/h800", h800],
]);

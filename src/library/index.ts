// The library: models and clusters that ship with Weft, as Weft text. A file is imported by its key.
import a100 from "./clusters/a100.weft";
import b200 from "./clusters/b200.weft";
import b300 from "./clusters/b300.weft";
import gb200Nvl72 from "./clusters/gb200-nvl72.weft";
import gb300Nvl72 from "./clusters/gb300-nvl72.weft";
import h100 from "./clusters/h100.weft";
import h20 from "./clusters/h20.weft";
import h200 from "./clusters/h200.weft";
import h800 from "./clusters/h800.weft";
import l40s from "./clusters/l40s.weft";
import deepseekV2Lite from "./models/deepseek-v2-lite.weft";
import deepseekV3 from "./models/deepseek-v3.weft";
import mixtral8x7b from "./models/mixtral-8x7b.weft";

/** Text of each library file by the uri that imports it, ascending. */
export const library: ReadonlyMap<string, string> = new Map([
  ["weft:clusters/a100", a100],
  ["weft:clusters/b200", b200],
  ["weft:clusters/b300", b300],
  ["weft:clusters/gb200-nvl72", gb200Nvl72],
  ["weft:clusters/gb300-nvl72", gb300Nvl72],
  ["weft:clusters/h100", h100],
  ["weft:clusters/h20", h20],
  ["weft:clusters/h200", h200],
  ["weft:clusters/h800", h800],
  ["weft:clusters/l40s", l40s],
  ["weft:models/deepseek-v2-lite", deepseekV2Lite],
  ["weft:models/deepseek-v3", deepseekV3],
  ["weft:models/mixtral-8x7b", mixtral8x7b],
]);

// HiGHS, the solver of linear and mixed-integer programs.
import type { Highs, InitOptions } from "highs";

let loading: Promise<Highs> | undefined;

/** HiGHS is compiled to WebAssembly, 3.5 MB that only who asks for a program to be solved waits for. */
export function loadHighs(): Promise<Highs> {
  loading ??= import("highs").then((loaded) => {
    // The types describe the package's CommonJS build; its ESM build exports the loader itself.
    const load = loaded.default as unknown as (options?: InitOptions) => Promise<Highs>;
    return load();
  });
  return loading;
}

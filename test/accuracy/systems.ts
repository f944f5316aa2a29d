// Which machine of the library a table means.
import { check } from "../../src/check/check.js";
import { parametersOf } from "../../src/cost/index.js";
import { library } from "../../src/library/index.js";
import type { Machine } from "../../src/plan/index.js";
import type { Model } from "./model.js";

/** Nodes of a machine that tables of several nodes are predicted on. */
const NODES = 16;

/** Library file by what a system's name begins with, its variants left out: gb200 is GB200_NVL72, h100_sxm is H100. */
function uriOf(system: string): string | undefined {
  const name = system.toLowerCase().split(/[_-]/u)[0] ?? "";
  return [...library.keys()].find(
    (uri) => uri === `weft:clusters/${name}` || uri.startsWith(`weft:clusters/${name}-`),
  );
}

/** The library's machine with its calibration; undefined where the library has none of this name. */
export function libraryModel(system: string): Model | undefined {
  const uri = uriOf(system);
  const declared = uri === undefined ? undefined : /^cluster (\w+)\((\w+)/mu.exec(library.get(uri) ?? "");
  if (uri === undefined || declared === null || declared === undefined) return undefined;
  const [, cluster, units] = declared;
  const machine = machineOf(uri, `${cluster ?? ""}(${units ?? ""}: ${String(NODES)})`);
  return { machine, parameters: parametersOf(machine) };
}

/** The same machine as a datasheet has it: without what was measured of it. */
export function datasheetModel({ machine }: Model): Model {
  const { calibration: _measured, ...gpu } = machine.gpu;
  const bare = { ...machine, gpu };
  return { machine: bare, parameters: parametersOf(bare) };
}

/** A cluster of the library, by checking a schedule on it. */
function machineOf(uri: string, cluster: string): Machine {
  const text = `import "${uri}"
model Small {
  hidden = 64
  block embed(ids) { return embedding(ids, vocab: 100) }
  layers = [embed]
}
schedule any of Small on ${cluster} {
  mode = prefill
  batch = { sequences: 1, length: 64, micro_batches: 1 }
}
`;
  const entry = "any.weft";
  const { program, diagnostics } = check(entry, {
    read: (wanted) => (wanted === entry ? { text } : { problem: "missing" }),
  });
  if (program === undefined)
    throw new Error(
      `${uri} gives no machine: ${diagnostics
        .sorted()
        .map(({ message }) => message)
        .join(" ")}`,
    );
  return program.machine;
}

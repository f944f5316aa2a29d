// Formats the C++ and CUDA sources as emitted programs have them; with `--check` names those that are not so.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format } from "@wasm-fmt/clang-format";

const root = new URL(".", import.meta.url).pathname;
const style = await readFile(join(root, "src/emit/cuda/folder/.clang-format"), "utf8");
const isCheck = process.argv.includes("--check");

for (const folder of ["src", "test"])
  for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(h|cuh|cu|cpp)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, "utf8");
    const formatted = format(text, "file.cpp", style);
    if (formatted === text) continue;
    if (!isCheck) {
      await writeFile(path, formatted);
      continue;
    }
    console.error(`${path.slice(root.length)} is not as clang-format leaves it; run \`npm run format\``);
    process.exitCode = 1;
  }

// Headers of NCCL for tests: the real ones, which are fetched where they are not there yet; where they cannot be had, the project's
// own declarations, and everybody is told.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { versionCodeOf } from "./header.js";
import { makeHome, ncclHome, type NcclHome } from "./home.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface TestHeaders extends NcclHome {
  readonly real: boolean;
}

let known: Promise<TestHeaders> | undefined;

/** An NCCL_HOME; says what it is. */
export function headersForTests(): Promise<TestHeaders> {
  return (known ??= makeHeaders());
}

async function makeHeaders(): Promise<TestHeaders> {
  const home = await ncclHome(`${root}.cache/nccl`, (line) => console.warn(line));
  const headers = home === undefined ? { ...(await ownHome()), real: false } : { ...home, real: true };
  if (!headers.real)
    console.error(
      "\n!!! NCCL'S REAL HEADERS COULD NOT BE HAD (npm run nccl-headers says why).\n" +
        "!!! What follows is compiled against the project's own declarations, which cannot find a wrong signature.\n",
    );
  console.log(
    `NCCL version code ${headers.versionCode}, nccl.h from ${headers.origin}, SHA-256 ${headers.sha256}`,
  );
  return headers;
}

async function ownHome(): Promise<NcclHome> {
  const text = await readFile(`${root}src/emit/cuda/emulation/standalone/nccl.h`, "utf8");
  const versionCode = versionCodeOf(text) ?? 0;
  return makeHome(`${root}.cache/nccl-own`, { text, versionCode, origin: "this project's own declarations" });
}

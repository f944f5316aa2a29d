// An NCCL_HOME with which the emitted program compiles and links: include/nccl.h, the real one, and lib/libnccl.so, a stub of it.
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fetchHeader, versionCodeOf, type Header } from "./header.js";
import { buildStub } from "./stub.js";

const LIBRARY = "libnccl.so.2";

export interface NcclHome {
  readonly path: string;
  readonly versionCode: number;
  /** Of include/nccl.h. */
  readonly sha256: string;
  readonly origin: string;
  /** Whether it was there already. */
  readonly cached: boolean;
}

/** Gives the home at `path`, made where it is not there yet; undefined where the header cannot be had. */
export async function ncclHome(path: string, log: (line: string) => void): Promise<NcclHome | undefined> {
  const known = await cachedHome(path);
  if (known !== undefined) return known;
  const header = await fetchHeader(log);
  if (header === undefined) return undefined;
  return makeHome(path, header);
}

/** Makes a home of a header, beside it and then renamed, so that nobody sees half of one. */
export async function makeHome(path: string, { text, versionCode, origin }: Header): Promise<NcclHome> {
  await mkdir(dirname(path), { recursive: true });
  const folder = await mkdtemp(`${path}-`);
  await mkdir(join(folder, "include"));
  await mkdir(join(folder, "lib"));
  await writeFile(join(folder, "include/nccl.h"), text);
  // As NCCL is installed: programs are linked by the one name and load the other.
  await buildStub(text, join(folder, "lib", LIBRARY));
  await symlink(LIBRARY, join(folder, "lib/libnccl.so"));
  await writeFile(join(folder, "origin"), `${origin}\n`);
  await rm(path, { recursive: true, force: true });
  await rename(folder, path).catch(async (error: unknown) => {
    // Somebody else was faster, with the same.
    await rm(folder, { recursive: true, force: true });
    if ((await cachedHome(path)) === undefined) throw error;
  });
  return { path, versionCode, sha256: sha256(text), origin, cached: false };
}

async function cachedHome(path: string): Promise<NcclHome | undefined> {
  try {
    const text = await readFile(join(path, "include/nccl.h"), "utf8");
    await readFile(join(path, "lib", LIBRARY));
    const origin = (await readFile(join(path, "origin"), "utf8")).trim();
    const versionCode = versionCodeOf(text);
    return versionCode === undefined
      ? undefined
      : { path, versionCode, sha256: sha256(text), origin, cached: true };
  } catch {
    return undefined;
  }
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

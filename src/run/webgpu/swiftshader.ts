// The SwiftShader that comes with the optional package @sparticuz/chromium: a Vulkan driver that runs on the CPU, so
// that a plan can be executed where there is no GPU. It is unpacked once into a cache folder.
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { untar } from "./untar.js";

export interface SwiftShader {
  /** Path of the manifest by which the Vulkan loader finds the driver. */
  manifest: string;
  /** Path of a Vulkan loader, for systems without one. */
  loader: string;
}

const files = {
  manifest: "vk_swiftshader_icd.json",
  driver: "libvk_swiftshader.so",
  loader: "libvulkan.so.1",
} as const;

/** Gives the packaged SwiftShader, unpacking it at first use, or the reason why there is none. */
export async function packagedSwiftShader(): Promise<SwiftShader | string> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return `it is built for linux x64, not ${process.platform} ${process.arch}`;
  }
  const root = packageFolder();
  if (root === undefined) return "the package @sparticuz/chromium is not installed";
  const manifest: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const folderName = `swiftshader-${versionOf(manifest)}`;
  const failures: string[] = [];
  for (const cache of cacheFolders(root)) {
    const folder = join(cache, folderName);
    try {
      if (!existsSync(folder)) await unpack(join(root, "bin/swiftshader.tar.br"), folder);
      return { manifest: join(folder, files.manifest), loader: join(folder, files.loader) };
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  return `it cannot be unpacked: ${failures.join("; ")}`;
}

/** The folder of the installed package, or nothing. Its entry is only looked up: loading it would do far more. */
function packageFolder(): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    const entry = require.resolve("@sparticuz/chromium");
    const name = join("node_modules", "@sparticuz", "chromium");
    return entry.slice(0, entry.lastIndexOf(name) + name.length);
  } catch {
    return undefined;
  }
}

function versionOf(manifest: unknown): string {
  if (typeof manifest === "object" && manifest !== null && "version" in manifest)
    return String(manifest.version);
  return "unknown";
}

/** Folders that only this user writes to, best first. The shared temporary folder is none: what lies there is executed. */
function cacheFolders(packageFolder: string): string[] {
  const nodeModules = packageFolder.slice(
    0,
    packageFolder.lastIndexOf("node_modules") + "node_modules".length,
  );
  const userCache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return [join(nodeModules, ".cache", "weft"), join(userCache, "weft")];
}

/** Unpacks beside `folder` and renames, so that a process never sees half of it. */
async function unpack(archivePath: string, folder: string): Promise<void> {
  const archive = untar(await promisify(brotliDecompress)(await readFile(archivePath)));
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}-`);
  try {
    for (const name of Object.values(files)) {
      const bytes = archive.get(name);
      if (bytes === undefined) throw new Error(`${archivePath} holds no ${name}`);
      await writeFile(join(partial, name), bytes, { mode: 0o755 });
    }
    await chmod(partial, 0o755);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another process may have been first; its files are the same.
    if (!existsSync(folder)) throw error;
  }
}

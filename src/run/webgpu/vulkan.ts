// What Dawn needs to know of Vulkan on this system: which drivers are installed, whether there is a loader, and how to
// make the loader use one driver. Linux only; elsewhere Dawn uses Metal or Direct3D.
import { readdirSync } from "node:fs";
import { constants, homedir } from "node:os";
import { basename, join } from "node:path";

/** Both names of the variable that restricts the Vulkan loader to given drivers; new loaders prefer the first. */
const driverVariables = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"] as const;

const driverFolders = [
  "/etc/vulkan/icd.d",
  "/usr/local/etc/vulkan/icd.d",
  "/usr/local/share/vulkan/icd.d",
  "/usr/share/vulkan/icd.d",
  join(homedir(), ".local/share/vulkan/icd.d"),
];
/** Where browsers keep their SwiftShader. */
const browserFolders = [
  "/opt/google/chrome",
  "/usr/lib/chromium",
  "/usr/lib/chromium-browser",
  "/usr/lib64/chromium-browser",
];

/** Whether any driver is installed or named by the environment. Asking Dawn without one prints warnings. */
export function hasVulkanDriver(): boolean {
  return [...manifestsNamed(), ...manifestsIn(driverFolders)].length > 0;
}

/** The manifest of a SwiftShader that the environment names, or that the system or a browser has installed. */
export function systemSwiftShader(): string | undefined {
  const manifests = [...manifestsNamed(), ...manifestsIn([...driverFolders, ...browserFolders])];
  return manifests.find((path) => /swiftshader/i.test(basename(path)));
}

function manifestsNamed(): string[] {
  return driverVariables.flatMap((name) =>
    (process.env[name] ?? "").split(":").filter((path) => path !== ""),
  );
}

function manifestsIn(folders: readonly string[]): string[] {
  return folders.flatMap((folder) => {
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .sort()
        .map((name) => join(folder, name));
    } catch {
      return [];
    }
  });
}

/** Loads a Vulkan loader for the whole process, where Dawn will find it by its name. Says whether it could. */
export function loadVulkan(library = "libvulkan.so.1"): boolean {
  const keepLoaded = 0x1000; // RTLD_NODELETE, which Node does not name
  const { RTLD_NOW, RTLD_GLOBAL } = constants.dlopen;
  try {
    process.dlopen({ exports: {} }, library, RTLD_NOW | RTLD_GLOBAL | keepLoaded);
    return true;
  } catch (error) {
    // Node complains about every library that is no Node addon, but has loaded it by then.
    return error instanceof Error && error.message.includes("did not self-register");
  }
}

/**
 * Calls `action` while the Vulkan loader sees no driver but that of `manifest`. `action` must do its work before it
 * returns: the environment is the process's, so it is put back at once.
 */
export function withVulkanDriver<T>(manifest: string, action: () => T): T {
  const before = driverVariables.map((name) => [name, process.env[name]] as const);
  for (const name of driverVariables) process.env[name] = manifest;
  try {
    return action();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

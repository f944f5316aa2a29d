// Opens a WebGPU device in Node, by Dawn: a real GPU where there is one, else SwiftShader on the CPU. Not for browsers,
// which have `navigator.gpu`.
import type * as webgpu from "webgpu";
import { packagedSwiftShader } from "./swiftshader.js";
import { hasVulkanDriver, loadVulkan, systemSwiftShader, withVulkanDriver } from "./vulkan.js";

const adapterChoices = ["auto", "gpu", "swiftshader", "null"] as const;
/** `null` validates shaders and pipelines and executes nothing. */
export type AdapterChoice = (typeof adapterChoices)[number];

export interface OpenDevice {
  device: GPUDevice;
  /** The adapter's name for people. */
  adapter: string;
  /** Waits for work of the device without keeping a core busy; where absent, a plain `await` does. */
  waitFor?: <T>(work: Promise<T>) => Promise<T>;
  /** Frees the device and all its buffers. A process may also end without it. */
  destroy: () => void;
}

/** No WebGPU device can be opened here, or none that is large enough. The message says what was tried and what would help. */
export class BackendUnavailable extends Error {
  override readonly name = "BackendUnavailable";
}

type Dawn = typeof webgpu;
/** Gives an adapter, or the reason why there is none. */
type Attempt = (dawn: Dawn) => Promise<GPUAdapter | string>;

const attempts = {
  "a GPU": openGpu,
  "the system's SwiftShader": openSystemSwiftShader,
  "the packaged SwiftShader": openPackagedSwiftShader,
  "the null backend": async (dawn) => (await request(dawn, ["backend=null"])) ?? "Dawn offers none",
} satisfies Record<string, Attempt>;

const order: Record<AdapterChoice, (keyof typeof attempts)[]> = {
  auto: ["a GPU", "the system's SwiftShader", "the packaged SwiftShader"],
  gpu: ["a GPU"],
  swiftshader: ["the system's SwiftShader", "the packaged SwiftShader"],
  null: ["the null backend"],
};

/**
 * Opens a device on the adapter asked for; `auto`, the default, leaves the choice to the environment variable
 * WEFT_ADAPTER and then to what there is. Storage buffers may be as large as the adapter allows; other limits are
 * WebGPU's defaults. Also defines WebGPU's globals (`GPUBufferUsage`, ...), which a browser has anyway.
 * @throws {BackendUnavailable}
 */
export async function openDevice(options: { adapter?: AdapterChoice } = {}): Promise<OpenDevice> {
  const choice = chosen(options.adapter ?? "auto");
  const dawn = await loadDawn();
  const failures: string[] = [];
  for (const name of order[choice]) {
    const adapter = await attempts[name](dawn);
    if (typeof adapter !== "string") return open(adapter);
    failures.push(`  ${name}: ${adapter}`);
  }
  throw new BackendUnavailable(
    `No WebGPU device can be opened (adapter ${choice}). Tried:\n${failures.join("\n")}\n` +
      "Install a GPU driver with Vulkan, or `npm install @sparticuz/chromium` (linux x64) to execute on SwiftShader.",
  );
}

function chosen(option: AdapterChoice): AdapterChoice {
  const setting = process.env["WEFT_ADAPTER"];
  if (option !== "auto" || setting === undefined || setting === "") return option;
  const known = adapterChoices.find((choice) => choice === setting);
  if (known !== undefined) return known;
  throw new BackendUnavailable(`WEFT_ADAPTER is "${setting}"; it may be ${adapterChoices.join(", ")}.`);
}

async function loadDawn(): Promise<Dawn> {
  let dawn: Dawn;
  try {
    dawn = await import("webgpu");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackendUnavailable(
      `The optional package webgpu (Dawn) cannot be loaded; \`npm install webgpu\` installs it.\n  ${reason}`,
    );
  }
  for (const [name, value] of Object.entries(dawn.globals)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  return dawn;
}

/** Every instance of Dawn made here. One that is collected before its devices aborts the process, so none ever is. */
const instances: GPU[] = [];

/** Asks a new instance of Dawn for its adapter. Drivers are looked up before this returns its promise. */
function request(dawn: Dawn, flags: string[] = []): Promise<GPUAdapter | null> {
  const gpu = dawn.create(flags);
  instances.push(gpu);
  return gpu.requestAdapter({ powerPreference: "high-performance" });
}

async function openGpu(dawn: Dawn): Promise<GPUAdapter | string> {
  if (process.platform === "linux") {
    if (!hasVulkanDriver()) return "no Vulkan driver is installed";
    if (!loadVulkan()) return "libvulkan.so.1 is not installed";
  }
  const adapter = await request(dawn);
  if (adapter === null) return "Dawn accepts none of the drivers";
  if (adapter.info.isFallbackAdapter) return `there is only ${describe(adapter)}, which is none`;
  return adapter;
}

async function openSystemSwiftShader(dawn: Dawn): Promise<GPUAdapter | string> {
  const manifest = systemSwiftShader();
  if (manifest === undefined) return "none is installed";
  if (!loadVulkan()) return "libvulkan.so.1 is not installed";
  return (await withVulkanDriver(manifest, () => request(dawn))) ?? `Dawn does not accept ${manifest}`;
}

async function openPackagedSwiftShader(dawn: Dawn): Promise<GPUAdapter | string> {
  const found = await packagedSwiftShader();
  if (typeof found === "string") return found;
  if (!loadVulkan() && !loadVulkan(found.loader)) return `${found.loader} cannot be loaded`;
  return (await withVulkanDriver(found.manifest, () => request(dawn))) ?? "Dawn does not accept it";
}

async function open(adapter: GPUAdapter): Promise<OpenDevice> {
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
  });
  return {
    device,
    adapter: describe(adapter),
    waitFor: withRests,
    destroy: () => device.destroy(),
  };
}

const REST_MS = 0.5;

/**
 * Dawn looks for finished work as often as the event loop turns, so the loop is made to rest in between: a software GPU
 * needs the core.
 */
async function withRests<T>(work: Promise<T>): Promise<T> {
  const nothing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let waiting = true;
  const rest = () => {
    if (!waiting) return;
    Atomics.wait(nothing, 0, 0, REST_MS);
    setImmediate(rest);
  };
  setImmediate(rest);
  try {
    return await work;
  } finally {
    waiting = false;
  }
}

function describe({ info }: GPUAdapter): string {
  return info.description || info.device || info.vendor || "unnamed adapter";
}

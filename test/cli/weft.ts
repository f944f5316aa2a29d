// Runs the command line as users do: the bundle, in a process of its own.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const cli = join(root, "dist/cli.js");
export const fixture = (name: string): string => join(root, "test/cli/fixtures", name);

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs `weft` with these arguments; the standard streams are pipes. */
export function weft(args: readonly string[], { cwd = root, env = {}, input = "" }: Surroundings = {}): Ran {
  const options = {
    cwd,
    env: { ...process.env, ...env },
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], options);
  return { status, stdout, stderr };
}

/** What `--json` printed: one object and nothing else. */
export function json({ stdout }: Ran): Record<string, unknown> {
  const value: unknown = JSON.parse(stdout);
  if (typeof value !== "object" || value === null) throw new Error(`not an object: ${stdout}`);
  return { ...value };
}

/** The codes of the diagnostics that `--json` printed. */
export function codes(ran: Ran): readonly string[] {
  const { diagnostics } = json(ran) as { diagnostics: readonly { readonly code: string }[] };
  return diagnostics.map(({ code }) => code);
}

const folders: string[] = [];

/** An empty folder that is removed after the tests of the file. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "weft-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Builds the bundle if a source is newer. Test files run side by side, so the first takes a lock and others wait. */
function buildIfStale(): void {
  const lock = join(root, "node_modules/.weft-build");
  const deadline = process.hrtime.bigint() + 60_000_000_000n;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (process.hrtime.bigint() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
  try {
    const built = existsSync(cli) ? statSync(cli).mtimeMs : 0;
    if (newest(join(root, "src")) <= built) return;
    const { status, stderr } = spawnSync(process.execPath, ["esbuild.config.js"], {
      cwd: root,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`the build failed\n${stderr}`);
  } finally {
    rmSync(lock, { recursive: true });
  }
}

function newest(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(...entries.map((each) => statSync(join(each.parentPath, each.name)).mtimeMs));
}

buildIfStale();

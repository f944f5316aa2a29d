// Gets files of Debian packages by the machine's own apt, by its own mirror and keys, in folders of our own: nothing of the
// system is written, and no rights are needed. apt checks what it downloads by signed hashes.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
/** Of one command of apt. */
const COMMAND_MS = 60_000;
const ATTEMPTS = 3;
const PAUSE_MS = 2_000;

/** What a command of apt prints. Where it fails, that too: a mirror that lacks one of several files is not the end. */
async function apt(
  args: readonly string[],
  cwd: string,
  config?: string,
  limitMs = COMMAND_MS,
): Promise<string> {
  const env = { ...process.env, LC_ALL: "C", ...(config === undefined ? {} : { APT_CONFIG: config }) };
  try {
    const { stdout, stderr } = await execute("apt-get", args, {
      cwd,
      env,
      timeout: limitMs,
      maxBuffer: 2 ** 26,
    });
    return stdout + stderr;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    return `${stdout}${stderr}${message}`;
  }
}

/** The base addresses of the archives that the machine's own configuration names. */
async function archives(): Promise<readonly string[]> {
  const uris = await apt(["update", "--print-uris"], tmpdir());
  const bases = [...uris.matchAll(/^'([^']+?\/)dists\/[^']*'/gm)].map(([, base]) => base!);
  return [...new Set(bases)];
}

/** The machine's settings for downloads: proxies, certificates, retries. */
async function downloadSettings(): Promise<string> {
  const { stdout } = await execute("apt-config", ["dump"], { timeout: COMMAND_MS });
  const lines = stdout.split("\n").filter((line) => /^Acquire::(?!IndexTargets|Languages)/.test(line));
  return lines.join("\n");
}

/** An apt of its own, on one archive and suite. */
export class PrivateApt {
  private constructor(
    readonly folder: string,
    readonly config: string,
    readonly archive: string,
  ) {}

  /** Calls `use` with one apt after the other, one for each archive that has the suite, until it gives something. */
  static async first<T>(
    suite: string,
    components: string,
    use: (apt: PrivateApt) => Promise<T | undefined>,
    log: (line: string) => void,
  ): Promise<T | undefined> {
    const folder = await mkdtemp(join(tmpdir(), "weft-apt-"));
    try {
      const settings = await downloadSettings();
      for (const [index, archive] of (await archives()).entries()) {
        const own = await PrivateApt.#open(
          join(folder, String(index)),
          archive,
          suite,
          components,
          settings,
          log,
        );
        const result = own === undefined ? undefined : await use(own);
        if (result !== undefined) return result;
      }
      return undefined;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  static async #open(
    folder: string,
    archive: string,
    suite: string,
    components: string,
    settings: string,
    log: (line: string) => void,
  ): Promise<PrivateApt | undefined> {
    const path = (name: string): string => join(folder, name);
    for (const name of ["parts", "state/lists/partial", "cache/archives/partial", "files"])
      await mkdir(path(name), { recursive: true });
    await writeFile(path("state/status"), "");
    const lines = ["deb-src", "deb"].map((kind) => `${kind} ${archive} ${suite} ${components}\n`);
    await writeFile(path("sources.list"), lines.join(""));
    // The machine's own hooks and cleaners must not run, so its configuration is not read a second time.
    const config = [
      settings,
      `Dir::Etc::Main "/dev/null";`,
      `Dir::Etc::Parts "${path("parts")}";`,
      `Dir::Etc::SourceList "${path("sources.list")}";`,
      `Dir::Etc::SourceParts "-";`,
      `Dir::State "${path("state")}";`,
      `Dir::State::status "${path("state/status")}";`,
      `Dir::Cache "${path("cache")}";`,
      `Dir::Log "${folder}";`,
      `Acquire::Languages "none";`,
      `Acquire::Retries "2";`,
      `Acquire::http::Timeout "20";`,
      `Acquire::https::Timeout "20";`,
      // Else apt, started by root, would download as a user who may not enter these folders.
      `APT::Sandbox::User "${userInfo().username}";`,
    ];
    await writeFile(path("apt.conf"), config.join("\n"));
    const apt = new PrivateApt(folder, path("apt.conf"), archive);
    return (await apt.#update(log)) ? apt : undefined;
  }

  /** Whether the lists have come. */
  async #update(log: (line: string) => void): Promise<boolean> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const said = await apt(["update", "-q"], this.folder, this.config);
      const lists = await readdir(join(this.folder, "state/lists"));
      if (lists.some((name) => /_Sources/.test(name))) return true;
      log(`apt-get update, attempt ${attempt}: ${lastLine(said)}`);
      // An archive without this suite will not get one.
      if (/does not have a Release file/.test(said)) return false;
      await pause();
    }
    return false;
  }

  /**
   * The file of a download whose name matches. apt may exit with an error although the file came, since others did not: only
   * the file counts.
   */
  async download(
    args: readonly string[],
    wanted: RegExp,
    log: (line: string) => void,
    limitMs?: number,
  ): Promise<string | undefined> {
    const files = join(this.folder, "files");
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const said = await apt(["-q", ...args], files, this.config, limitMs);
      const file = (await readdir(files)).find((name) => wanted.test(name));
      if (file !== undefined) return join(files, file);
      log(`apt-get ${args.join(" ")}, attempt ${attempt}: ${lastLine(said)}`);
      await pause();
    }
    return undefined;
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";

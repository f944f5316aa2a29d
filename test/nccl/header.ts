// nccl.h: out of NCCL's source, where it is a template, or out of a development package.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { PrivateApt } from "./apt.js";

const execute = promisify(execFile);
/** The development package carries the static library: 100 MB. */
const PACKAGE_MS = 120_000;
/** NCCL 2.28.0, which has `ncclAlltoAll`. */
const OLDEST = 22800;

export interface Header {
  readonly text: string;
  readonly versionCode: number;
  /** Where it is from, for people. */
  readonly origin: string;
}

/** Downloads the header; gives undefined where it cannot be had. */
export async function fetchHeader(log: (line: string) => void): Promise<Header | undefined> {
  return PrivateApt.first(
    "sid",
    "contrib",
    async (apt) => (await fromSource(apt, log)) ?? (await fromPackage(apt, log)),
    log,
  );
}

async function fromSource(apt: PrivateApt, log: (line: string) => void): Promise<Header | undefined> {
  const args = ["source", "--download-only", "nvidia-nccl"];
  const tarball = await apt.download(args, /^nvidia-nccl_.*\.orig\.tar\.[a-z]+$/, log);
  if (tarball === undefined) return undefined;
  const read = (name: string): Promise<string> => unpacked(["-xOf", tarball, "--wildcards", `*/${name}`]);
  try {
    const template = await read("src/nccl.h.in");
    const version = versionOf(await read("makefiles/version.mk"));
    return checked(filledIn(template, version), "source package nvidia-nccl", log);
  } catch (error) {
    log(`source package nvidia-nccl: ${String(error)}`);
    return undefined;
  }
}

async function fromPackage(apt: PrivateApt, log: (line: string) => void): Promise<Header | undefined> {
  const file = await apt.download(["download", "libnccl-dev"], /^libnccl-dev_.*\.deb$/, log, PACKAGE_MS);
  if (file === undefined) return undefined;
  try {
    const { stdout } = await execute(
      "sh",
      ["-c", 'dpkg-deb --fsys-tarfile "$0" | tar -xO ./usr/include/nccl.h', file],
      {
        timeout: PACKAGE_MS,
        maxBuffer: 2 ** 26,
      },
    );
    return checked(stdout, "package libnccl-dev", log);
  } catch (error) {
    log(`package libnccl-dev: ${String(error)}`);
    return undefined;
  }
}

async function unpacked(args: readonly string[]): Promise<string> {
  return (await execute("tar", args, { maxBuffer: 2 ** 26 })).stdout;
}

type Version = Readonly<Record<"MAJOR" | "MINOR" | "PATCH" | "SUFFIX", string>>;

/** The assignments of NCCL's version.mk. */
function versionOf(makefile: string): Version {
  const value = (name: string): string =>
    new RegExp(`^NCCL_${name}\\s*:?=[ \\t]*(.*?)[ \\t]*$`, "m").exec(makefile)?.[1] ?? "";
  return { MAJOR: value("MAJOR"), MINOR: value("MINOR"), PATCH: value("PATCH"), SUFFIX: value("SUFFIX") };
}

/** As NCCL's Makefile does it. */
function filledIn(template: string, { MAJOR, MINOR, PATCH, SUFFIX }: Version): string {
  const code = codeOf(Number(MAJOR), Number(MINOR), Number(PATCH));
  const values: Record<string, string> = {
    Major: MAJOR,
    Minor: MINOR,
    Patch: PATCH,
    Suffix: SUFFIX,
    Version: String(code),
  };
  return template.replace(/\$\{nccl:(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

const codeOf = (major: number, minor: number, patch: number): number => 10_000 * major + 100 * minor + patch;

/** A header whose version is known and new enough. */
function checked(text: string, origin: string, log: (line: string) => void): Header | undefined {
  const versionCode = versionCodeOf(text);
  if (versionCode !== undefined && versionCode >= OLDEST && !text.includes("${nccl:"))
    return { text, versionCode, origin };
  log(`${origin}: its nccl.h has version ${versionCode ?? "unknown"}; ${OLDEST} or newer is needed`);
  return undefined;
}

/** The number that a header defines as NCCL_VERSION_CODE. */
export function versionCodeOf(text: string): number | undefined {
  const code = /^#define\s+NCCL_VERSION_CODE\s+(\d+)/m.exec(text)?.[1];
  return code === undefined ? undefined : Number(code);
}

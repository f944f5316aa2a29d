// A library to link against where there is no NCCL: it exports every function that nccl.h declares, and each ends the program.
import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Names of the functions that a header declares. */
export function declaredFunctions(header: string): readonly string[] {
  const code = header
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\/\/.*$/gm, "")
    .replace(/^\s*#(?:.*\\\n)*.*$/gm, "");
  const names = [...code.matchAll(/^[A-Za-z_][\w\s*]*?\b(p?nccl[A-Z]\w*)\s*\(/gm)].map(([, name]) => name!);
  return [...new Set(names)].sort();
}

/** The stub's source, in C: what a function takes and gives is no part of its symbol. */
export function stubSource(names: readonly string[]): string {
  const functions = names.map((name) => `void ${name}(void) { refuse("${name}"); }\n`);
  return `#include <stdio.h>
#include <stdlib.h>

static void refuse(const char* name) {
  fprintf(stderr, "%s: this libnccl.so is a stub to link against, made from nccl.h; it cannot run\\n", name);
  abort();
}

${functions.join("")}`;
}

export async function buildStub(header: string, library: string): Promise<void> {
  const source = `${library}.c`;
  await writeFile(source, stubSource(declaredFunctions(header)));
  await execute("gcc", ["-shared", "-fPIC", "-O1", "-Wl,-soname,libnccl.so.2", "-o", library, source]);
  await rm(source);
}

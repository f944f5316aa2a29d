// Programs that Weft once did wrong, as files: a program, and before it as a comment what it is executed on.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Case } from "./programs.js";

const MARK = "// executed on ";

export function listFixtures(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".weft"))
    .map((name) => name.slice(0, -".weft".length))
    .sort();
}

export function readFixture(folder: string, name: string): Case {
  const text = readFileSync(`${folder}/${name}.weft`, "utf8");
  const line = text.split("\n").find((each) => each.startsWith(MARK));
  if (line === undefined) throw new Error(`${name}.weft does not say what it is executed on`);
  return { text, ...(JSON.parse(line.slice(MARK.length)) as Omit<Case, "text">) };
}

/** The text of a fixture; `story` says what was wrong. */
export function fixtureText({ text, ...data }: Case, story: string): string {
  const comment = story.split("\n").map((line) => `// ${line}`.trimEnd());
  return [...comment, `${MARK}${JSON.stringify(data)}`, text].join("\n");
}

/** Writes a fixture and gives its path. */
export function writeFixture(folder: string, name: string, each: Case, story: string): string {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${name}.weft`;
  writeFileSync(path, fixtureText(each, story));
  return path;
}

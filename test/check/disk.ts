// The commands with which fixtures are checked, through the host that the command line has.
import { check, checkAll, type CheckResult } from "../../src/check/check.js";
import { renderAllText } from "../../src/diagnostics/render-text.js";
import { openEntry } from "../../src/files.js";

/**
 * Checks a file as its first line says: `// weft check --set K=V`, or `// weft compile` to check its only schedule.
 * Without such a line it is `weft check`.
 */
export function checkFixture(path: string): CheckResult {
  const { uri: entry, host } = openEntry(path);
  const result = host.read(entry);
  const command = /^\/\/ weft (check|compile)(.*)/.exec("text" in result ? result.text : "");
  const overrides = [...(command?.[2] ?? "").matchAll(/--set (\S+)/g)].map(([, option = ""]) => option);
  return command?.[1] === "compile"
    ? check(entry, host, { overrides })
    : checkAll(entry, host, { overrides });
}

export function renderResult({ diagnostics, sources }: CheckResult): string {
  return renderAllText(diagnostics.sorted(), (uri) => sources.find((each) => each.uri === uri));
}

// A diagnostic code as a rule of a SARIF log: its page is the help, the page's first paragraph the description.
import type { ReportingDescriptor } from "sarif";
import { codes, type Code } from "./codes.js";

export function ruleOf(code: Code, page: string): ReportingDescriptor {
  const [, ...paragraphs] = page.trim().split(/\n{2,}/);
  const first = textOf(paragraphs[0] ?? code);
  return {
    id: code,
    name: pascalCase(code),
    shortDescription: { text: firstSentence(first) },
    fullDescription: { text: first },
    help: { text: textOf(paragraphs.join("\n\n")), markdown: page },
    defaultConfiguration: { level: codes[code].severity },
  };
}

const pascalCase = (code: string): string =>
  code.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A full stop ends a sentence where a capital, a quotation or code follows. */
const firstSentence = (text: string): string => /^.*?[.!?](?=\s+[A-Z"`]|$)/s.exec(text)?.[0] ?? text;

/** Markdown as plain text: paragraphs on one line each, without marks; examples stay as they are. */
function textOf(markdown: string): string {
  return markdown
    .split(/(```[\s\S]*?```)/)
    .map((part) =>
      part.startsWith("```")
        ? part.replace(/^```\w*\n|```$/g, "")
        : part
            .replace(/^#+ /gm, "")
            .replaceAll("`", "")
            .replace(/(\S)\n(?=[^\n|\s-])/g, "$1 "),
    )
    .join("")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

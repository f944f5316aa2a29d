// What the parser expected, in the language's words. Chevrotain asks for a message; it gets only the expectation, and
// syntax-errors.ts makes the diagnostic, because it alone sees all errors of a text.
import { EOF, type IParserErrorMessageProvider, type TokenType } from "chevrotain";

/** What an entry of each rule is called, where none of its alternatives fits. */
export const CHOICES: Readonly<Record<string, string>> = {
  FileItem: "an import, a model, a cluster, a schedule or an op",
  ModelItem: "a parameter, a block, an op or the layers",
  BlockItem: "`name = value` or `return`",
  ClusterItem: "`gpu` or `tier`",
  ScheduleItem: "a setting, a `require` or a `profile`",
  Primary: "a value",
};

/** What may follow a whole value, or a whole file. */
export const END = "the end of the value";

const label = (type: TokenType): string => (type === EOF ? END : (type.LABEL ?? type.name));

export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => label(expected),
  buildNotAllInputParsedMessage: () => END,
  buildNoViableAltMessage: ({ ruleName }) => CHOICES[ruleName] ?? "something else",
  buildEarlyExitMessage: ({ ruleName }) => CHOICES[ruleName] ?? "something else",
};

// Message templates whose parameters are part of their type, so that a report that forgets one does not compile.

/** What may stand in a message. Numbers print as JavaScript prints them, whatever the locale. */
export type ParamValue = string | number;

/** A template: call it with its parameters to get the text. */
export type ParamMessage<Name extends string> = (params: Readonly<Record<Name, ParamValue>>) => string;

/** Writes a template: message`Expected ${"expected"}, found ${"found"}.` takes `{expected, found}`. */
export function message<const Names extends readonly string[]>(
  strings: TemplateStringsArray,
  ...names: Names
): ParamMessage<Names[number]> {
  return (params: Readonly<Record<string, ParamValue>>) =>
    names.reduce<string>(
      (text, name, index) => text + String(params[name]) + (strings[index + 1] ?? ""),
      strings[0] ?? "",
    );
}

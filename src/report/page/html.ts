// Text of a page: what stands between tags is escaped, and numbers have no more digits than anyone sees.

export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);

/** A coordinate: a tenth of a pixel is enough. */
export const at = (value: number): string => String(Math.round(value * 10) / 10);

/** An element with attributes, escaped, around what is markup already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...content: readonly string[]
): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? at(value) : escaped(value)}"`)
    .join("");
  return content.length === 0 && VOID.has(name)
    ? `<${name}${list}/>`
    : `<${name}${list}>${content.join("")}</${name}>`;
}

const VOID = new Set(["rect", "line", "path"]);

/** A picture with its name and what it shows, for those who do not see it. */
export function picture(
  { id, width, height, title, description }: PictureFrame,
  ...content: readonly string[]
): string {
  const attributes = {
    ...{
      viewBox: `0 0 ${at(width)} ${at(height)}`,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-text`,
    },
    style: `max-width:${at(width)}px`,
  };
  return element(
    "svg",
    attributes,
    element("title", { id: `${id}-title` }, escaped(title)),
    element("desc", { id: `${id}-text` }, escaped(description)),
    ...content,
  );
}

export interface PictureFrame {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
}

/** A whole page, which asks for nothing else. `body`: its parts. */
export function pageOf(title: string, style: string, body: readonly string[]): string {
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    "<main>",
    ...body,
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

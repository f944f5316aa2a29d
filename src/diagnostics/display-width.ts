// How many terminal columns a text takes, and how source text is made safe to print.

const TAB_WIDTH = 4;
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}！-｠]/u;
const ZERO = /[\p{Mark}\u200b-\u200f\ufe0f]/u;

/** Replaces control characters, which could steer a terminal, by a visible sign. Newlines too. */
export function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** A source line as it is shown: tabs as four blanks, other control characters as a visible sign. */
export function shown(text: string): string {
  return withoutControls(text.replaceAll("\t", " ".repeat(TAB_WIDTH)));
}

/** Terminal columns of a text that `shown` has returned. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

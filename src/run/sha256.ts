// SHA-256 by what Node and browsers both have.

/** Hexadecimal digest of some words, least significant byte first. */
export async function sha256OfWords(words: readonly Uint32Array[]): Promise<string> {
  const bytes = new DataView(new ArrayBuffer(4 * words.reduce((sum, each) => sum + each.length, 0)));
  let at = 0;
  for (const part of words)
    for (const word of part) {
      bytes.setUint32(at, word, true);
      at += 4;
    }
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

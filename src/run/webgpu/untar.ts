// Reads the plain files out of a ustar archive held in memory. Not a general tar reader: links, long names and sparse
// files do not occur in the archives it is for.

const blockBytes = 512;
const regularFile = 0x30; // "0"

/** The regular files of `archive` by name, without copying their bytes. */
export function untar(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let at = 0;
  while (at + blockBytes <= archive.length && archive[at] !== 0) {
    const name = textField(archive, at, 100);
    const bytes = Number.parseInt(textField(archive, at + 124, 12), 8);
    const end = at + blockBytes + bytes;
    if (!(end <= archive.length)) throw new Error(`the archive is damaged at byte ${at}`);
    if (archive[at + 156] === regularFile) files.set(name, archive.subarray(at + blockBytes, end));
    at = at + blockBytes + Math.ceil(bytes / blockBytes) * blockBytes;
  }
  return files;
}

function textField(archive: Uint8Array, at: number, width: number): string {
  const field = archive.subarray(at, at + width);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end)).trim();
}

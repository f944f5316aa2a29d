// The Node API of Weft. The command line is its first user.
import manifest from "../package.json" with { type: "json" };

/** Weft's own version, as in its package.json. */
export const version: string = manifest.version;

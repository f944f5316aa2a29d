// `npm run nccl-headers`: makes an NCCL_HOME of the real headers, in a folder that git ignores.
import { join } from "node:path";
import { ncclHome } from "./home.js";

export async function main(): Promise<number> {
  const home = await ncclHome(join(process.cwd(), ".cache/nccl"), (line) => console.error(line));
  if (home === undefined) {
    console.error("nccl-headers: nccl.h cannot be had: no archive that this machine's apt knows gives it");
    return 1;
  }
  const { versionCode, sha256, origin, cached } = home;
  console.log(`NCCL_HOME=${home.path}`);
  console.log(`NCCL version code ${versionCode}, from ${origin}${cached ? " (cached)" : ""}`);
  console.log(`SHA-256 of include/nccl.h: ${sha256}`);
  return 0;
}

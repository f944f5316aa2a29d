// Derives from src/plan/schema.json, the plan's JSON Schema: its TypeScript types and a validator that needs no schema
// compiler at run time. Writes the files, or with `--check` only compares them with what is committed.
import { readFile, writeFile } from "node:fs/promises";
import { Ajv } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { compile } from "json-schema-to-typescript";

const folder = new URL("src/plan/", import.meta.url);
const notice = "// Generated from schema.json by `npm run generate`. Do not edit.\n";

/** @param {URL} url @returns {Promise<string | undefined>} */
async function readIfPresent(url) {
  try {
    return await readFile(url, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** @param {string} schemaText @returns {Promise<string>} */
async function generateTypes(schemaText) {
  // A `$ref` with a description beside it would become a numbered copy of the type; name the type instead.
  /** @type {import("json-schema-to-typescript").JSONSchema} */
  const schema = JSON.parse(schemaText, (_key, value) =>
    value !== null && typeof value === "object" && typeof value.$ref === "string"
      ? { tsType: value.$ref.replace("#/definitions/", ""), description: value.description }
      : value,
  );
  return compile(schema, "LaunchPlan", {
    unreachableDefinitions: true,
    additionalProperties: false,
    bannerComment: notice.trim(),
    style: { printWidth: 110 },
    cwd: new URL(".", import.meta.url).pathname,
  });
}

/** @param {string} schemaText @returns {Promise<string>} */
async function generateValidator(schemaText) {
  // Descriptions are for people; the validator does not carry them.
  const schema = JSON.parse(schemaText, (key, value) =>
    key === "description" && typeof value === "string" ? undefined : value,
  );
  const ajv = new Ajv({
    inlineRefs: false,
    discriminator: true,
    strictRequired: false,
    strictTuples: false,
    allowUnionTypes: true,
    allErrors: false,
    code: { source: true, esm: true },
  });
  const validate = ajv.compile(schema);
  // ajv's ESM output still calls `require` for its helpers; bundling pulls those few lines in.
  const bundled = await build({
    stdin: { contents: standaloneCode.default(ajv, validate), resolveDir: folder.pathname },
    absWorkingDir: new URL(".", import.meta.url).pathname,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["main"],
    legalComments: "none",
    write: false,
  });
  return "// @ts-nocheck\n" + notice + bundled.outputFiles.map((file) => file.text).join("");
}

const validatorTypes = `${notice}import type { LaunchPlan } from "./types.gen.js";

/** A place where a value departs from the schema. */
export interface SchemaError {
  /** JSON pointer to the offending value. */
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}

/** Says whether \`data\` has the shape of a plan; after \`false\`, \`errors\` holds the first departure. */
export declare const validate: {
  (data: unknown): data is LaunchPlan;
  errors?: SchemaError[] | null;
};
export default validate;
`;

const schemaText = await readIfPresent(new URL("schema.json", folder));
if (schemaText !== undefined) {
  const files = {
    "types.gen.ts": await generateTypes(schemaText),
    "validate.gen.js": await generateValidator(schemaText),
    "validate.gen.d.ts": validatorTypes,
  };
  for (const [name, text] of Object.entries(files)) {
    const url = new URL(name, folder);
    if (!process.argv.includes("--check")) {
      await writeFile(url, text);
    } else if ((await readIfPresent(url)) !== text) {
      console.error(`src/plan/${name} does not match src/plan/schema.json; run \`npm run generate\``);
      process.exitCode = 1;
    }
  }
}

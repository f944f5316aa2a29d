// Generated from schema.json by `npm run generate`. Do not edit.
import type { ExchangePlan } from "./types.gen.js";

/** A place where a value departs from the schema. */
export interface SchemaError {
  /** JSON pointer to the offending value. */
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}

/** Says whether `data` has the shape of a plan; after `false`, `errors` holds the first departure. */
export declare const validate: {
  (data: unknown): data is ExchangePlan;
  errors?: SchemaError[] | null;
};
export default validate;

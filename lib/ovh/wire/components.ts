import { z } from "zod";

/** The schemas that the description of the API names. What is not in it is written out where it is used. */
export const components = z.registry<{ id: string }>();

/** Gives a schema its name in the description. */
export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  components.add(schema, { id });
  return schema;
}

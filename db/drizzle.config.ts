import { defineConfig } from "drizzle-kit";

/** `npm run generate -- --name what_it_does` compares the tables with the last migration and writes the next one. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./db/schema/all.ts",
  out: "./db/migrations",
});

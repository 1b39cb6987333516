import type { TestProject } from "vitest/node";
import { startTestServer } from "../db/testing-server";
import { testServerSettings } from "../lib/env";
import { loadPriceLists } from "../lib/rates/load";

/** Starts the server of this run, and stops it at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer({ ...testServerSettings(), fill: (db) => loadPriceLists(db) });
  project.provide("serverUrl", server.url);
  return server.close;
}

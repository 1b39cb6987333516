import { apiSettings, type ApiSettings, currentSettings, type Settings } from "@/lib/env";

let settings: Settings | undefined;
let api: ApiSettings | undefined;

/** The settings of this server, read once: the environment of a process that serves does not change. */
export const serverSettings = (): Settings => (settings ??= currentSettings());

export const serverApiSettings = (): ApiSettings => (api ??= apiSettings());

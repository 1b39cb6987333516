import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withIntl = createNextIntlPlugin({
  requestConfig: "./lib/next/request.ts",
  // Compiled by the build: else each request would parse again each message that it shows, and so would each browser.
  experimental: {
    messages: { path: "./lib/i18n/messages", format: "json", locales: "infer", precompile: true },
  },
});

/** The policy of scripts and styles carries a nonce and is set in proxy.ts. */
const HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

const config: NextConfig = {
  // The start command gives each state of the sources a folder, so that a new build never pulls the files away from
  // under a copy that runs.
  distDir: process.env["BUILD_DIRECTORY"] ?? ".next",
  typescript: {
    // A file that extends another is left alone by the framework, which would add each build folder to it.
    tsconfigPath: ".config/tsconfig.build.json",
    // `npm run check` looks at the types, with stricter company.
    ignoreBuildErrors: true,
  },
  typedRoutes: true,
  poweredByHeader: false,
  // One copy, shared by all bundles.
  serverExternalPackages: ["postgres"],
  turbopack: { root: import.meta.dirname },
  agentRules: false,
  headers: () =>
    Promise.resolve([
      { source: "/:path*", headers: HEADERS },
      // The outbox shows each mail in a frame.
      { source: "/outbox/html/:mailId", headers: [{ key: "X-Frame-Options", value: "SAMEORIGIN" }] },
    ]),
};

export default withIntl(config);

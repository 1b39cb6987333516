// Who may import whom. Each rule is a sentence; `$1` is the slice captured by `from`.
// .config/fence.test.ts plants a violation of each and sees it caught.

/** Each stands on those before it, and knows nothing of those after it. */
const SLICES_BOTTOM_UP = [
  "leases",
  "rates",
  "prices",
  "accounts",
  "ledger",
  "history",
  "transfers",
  "payments",
  "orders",
  "recharge",
  "carrier",
  "messages",
  "packs",
  "destinations",
  "mix",
  "overview",
  "mail",
  "access",
  "credentials",
  "console",
  "explain",
  "health",
  "staff",
  "demo",
];
/** The folders of lib/ that are no slices: what stands around them. */
const ADAPTERS = ["i18n", "next", "ovh", "commands"];
/** Tests, and what several of them share. */
const TEST = "\\.(test|testing)\\.tsx?$";
const STORE = "^lib/.+/[a-z-]*store\\.ts$";
const SERVICE = "^lib/.+/[a-z-]*service\\.ts$";
const RULES = "^lib/.+/[a-z-]*rules\\.ts$";
const SCHEMA = "^lib/.+/[a-z-]*schema\\.ts$";
const KERNEL = "^lib/[^/]+\\.ts$";
const FRAMEWORK = "^node_modules/(next|next-intl|react|react-dom|react-hook-form|@tanstack)/";

const forbidden = [
  { name: "no-cycles", from: {}, to: { circular: true } },
  { name: "nothing-imports-a-route", from: { pathNot: "^app/" }, to: { path: "^app/" } },
  { name: "lib-and-db-draw-nothing", from: { path: "^(lib|db)/" }, to: { path: "^components/" } },
  {
    name: "only-stores-touch-sql",
    from: { pathNot: ["^(db|e2e|\\.config)/", STORE, "^lib/(next|commands)/", "^lib/context\\.ts$", TEST] },
    // Whoever passes a database on may name its type; whoever catches an error may ask what it was.
    to: {
      path: "^(db/|node_modules/(drizzle-orm|postgres)/)",
      pathNot: "^db/errors\\.ts$",
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "a-store-is-private-to-its-slice",
    from: { path: "^(?:lib/([^/]+)|app|components|e2e)/", pathNot: TEST },
    to: { path: STORE, pathNot: ["^lib/$1/", "^lib/leases/"] },
  },
  {
    name: "components-get-data-and-actions-as-props",
    from: { path: "^components/" },
    to: { path: [SERVICE, "^lib/(next|ovh|commands)/"] },
  },
  {
    name: "ui-knows-no-slice",
    from: { path: "^components/ui/" },
    to: { path: "^(components/(?!ui/)|lib/(?!i18n/)[^/]+/)" },
  },
  {
    name: "component-slices-do-not-mix",
    // What customers and staff see alike is put together from slices in `pages`, for both.
    from: { path: "^components/([^/]+)/", pathNot: "^components/pages/" },
    to: { path: "^components/", pathNot: "^components/(ui|shell|$1)/" },
  },
  {
    name: "rules-import-rules-only",
    from: { path: [RULES, KERNEL], pathNot: ["^lib/(context|counters|env)\\.ts$", TEST] },
    to: { path: ["^(db|node_modules)/", SCHEMA, STORE, SERVICE] },
  },
  {
    name: "every-folder-of-lib-has-its-place",
    // A new slice is put into the list above, so that what stands below and above it is held to it.
    from: { path: "^lib/[^/]+/", pathNot: `^lib/(${[...SLICES_BOTTOM_UP, ...ADAPTERS].join("|")})/` },
    to: {},
  },
  {
    name: "rules-speak-no-language",
    from: { path: RULES, pathNot: TEST },
    to: { path: "^lib/i18n/" },
  },
  {
    name: "schemas-and-stores-call-no-verb",
    from: { path: [SCHEMA, STORE] },
    to: { path: SERVICE },
  },
  {
    name: "slices-know-no-adapter",
    from: { path: "^lib/(?!next/|ovh/|commands/)[^/]+/", pathNot: TEST },
    to: { path: "^lib/(next|ovh|commands)/" },
  },
  {
    name: "adapters-reach-no-store",
    from: { path: "^lib/(next|ovh)/", pathNot: TEST },
    to: { path: STORE },
  },
  {
    name: "only-lib-next-knows-the-framework",
    from: { path: "^(lib|db)/", pathNot: ["^lib/next/", TEST] },
    to: { path: FRAMEWORK },
  },
  {
    name: "only-entry-points-and-tests-use-commands",
    from: { pathNot: ["^lib/commands/", "^(e2e|\\.config)/", TEST] },
    to: { path: "^lib/commands/" },
  },
  {
    name: "db-is-below-lib",
    from: { path: "^db/", pathNot: TEST },
    to: { path: "^lib/[^/]+/" },
  },
  {
    name: "tests-are-not-imported",
    from: { pathNot: [TEST, "^\\.config/", "^e2e/", "^db/testing"] },
    to: { path: [TEST, "^db/testing"] },
  },
  {
    name: "e2e-uses-the-browser-or-api",
    // What measures the ledger calls it as the product does.
    from: { path: "^e2e/", pathNot: "^e2e/bench/" },
    to: { path: "^(app|components|lib/(?!commands/)[^/]+)/" },
  },
  {
    name: "app-holds-route-files-only",
    from: {
      path: "^app/",
      pathNot:
        "/(page|layout|template|loading|error|global-error|not-found|route|actions|providers|opengraph-image|icon|manifest|robots|sitemap)\\.tsx?$",
    },
    to: {},
  },
  {
    name: "file-names-are-kebab-case",
    from: { path: "^(components|lib|db|e2e)/(.*[^a-z0-9./-])" },
    to: {},
  },
  ...SLICES_BOTTOM_UP.slice(0, -1).map((slice, index) => ({
    name: `${slice}-stands-below-what-follows-it`,
    from: { path: `^lib/${slice}/`, pathNot: TEST },
    to: { path: `^lib/(${SLICES_BOTTOM_UP.slice(index + 1).join("|")})/` },
  })),
];

module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: "error", ...rule })),
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true, // Type-only imports count too.
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^db/migrations/" },
  },
};

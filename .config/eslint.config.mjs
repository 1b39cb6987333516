import next from "@next/eslint-plugin-next";
import query from "@tanstack/eslint-plugin-query";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import textAlone from "./text-alone.mjs";

const BASE_NAMES = ["utils", "helpers", "common", "types", "constants", "misc", "index"];

const TWO_CASTS = {
  selector: "TSAsExpression > TSAsExpression",
  message: "Two casts in a row hide a mistake.",
};

const LITERAL_SPREADS = [
  ":matches(SpreadElement, JSXSpreadAttribute)[argument.type=/^(Object|Array)Expression$/]",
  ":matches(SpreadElement, JSXSpreadAttribute)[argument.type='TSAsExpression'][argument.expression.type=/^(Object|Array)Expression$/]",
].map((selector) => ({ selector, message: "Write the fields and elements out where they belong." }));

const EARLY_PRESS = {
  selector: "JSXOpeningElement:not([name.name='PressButton']) > JSXAttribute[name.name='onClick']",
  message: "A press before the script is there would be lost: a PressButton is shut until then.",
};

const QUERIES = [
  "TaggedTemplateExpression[tag.name='sql']",
  "TaggedTemplateExpression[tag.property.name='sql']",
  "CallExpression[callee.property.name=/^(select|selectDistinct|selectDistinctOn|insert|execute|unsafe)$/]",
  "MemberExpression[object.property.name='query'][object.object.name=/^(db|tx)$/]",
  "MemberExpression[object.property.name='query'][object.object.property.name='db']",
  // `update` and `delete` have homonyms: of hashes, and of maps.
  "MemberExpression[property.name='set'] > CallExpression[callee.property.name='update']",
  "MemberExpression[property.name=/^(where|returning)$/] > CallExpression[callee.property.name='delete']",
  "CallExpression[callee.property.name=/^(update|delete)$/][callee.object.name=/^(db|tx)$/]",
  "CallExpression[callee.property.name=/^(update|delete)$/][callee.object.property.name='db']",
].map((selector) => ({ selector, message: "Queries stand in a store." }));

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      ".next*/",
      ".config/*.mjs",
      ".config/*.cjs",
      ".artifacts/",
      "next-env.d.ts",
      "**/*.mjs",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  tseslint.configs.strictTypeChecked,
  {
    // The compiler that stands behind these rules reads each function, and elsewhere there is no React.
    ...(hooks.configs.flat["recommended-latest"] ?? hooks.configs.flat.recommended),
    files: ["{app,components}/**"],
  },
  query.configs["flat/recommended"],
  next.configs["core-web-vitals"],
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: process.cwd() } },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-assertions": [
        "error",
        { assertionStyle: "as", objectLiteralTypeAssertions: "never" },
      ],
      // The rule takes a branded bigint for no number; the compiler refuses a minus before what is none.
      "@typescript-eslint/no-unsafe-unary-minus": "off",
      // What is taken off an object so that the rest remains.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { ignoreRestSiblings: true, varsIgnorePattern: "^_", argsIgnorePattern: "^_" },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // `() => resolve()` in a callback says what it does; braces around it add nothing.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["next/dist/*"], message: "The framework's inside changes without notice." },
            ...BASE_NAMES.map((name) => ({
              group: [`**/${name}`],
              message:
                "A function lives with its noun or beside its only caller, and is imported from its own file.",
            })),
          ],
        },
      ],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Settings are read in lib/env.ts." },
      ],
      "no-restricted-syntax": ["error", TWO_CASTS, EARLY_PRESS, ...LITERAL_SPREADS],
    },
  },
  {
    files: ["{app,components,lib}/**/*.{ts,tsx}", "*.ts"],
    ignores: ["lib/**/*store.ts", "lib/{next,commands}/**", "**/*.{test,testing}.{ts,tsx}"],
    rules: { "no-restricted-syntax": ["error", TWO_CASTS, EARLY_PRESS, ...LITERAL_SPREADS, ...QUERIES] },
  },
  {
    // Amounts are integers; a float is made at the edge of the OVH API only.
    files: ["lib/{credits,money}.ts", "lib/{ledger,orders,payments,recharge,rates}/**/*.ts"],
    rules: { "no-restricted-globals": ["error", "parseFloat"] },
  },
  {
    files: [
      "lib/env.ts",
      "lib/commands/**",
      "db/embedded/**",
      "next.config.ts",
      "instrumentation.ts",
      "e2e/**",
      "**/*.test.ts",
    ],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["{app,components}/**/*.tsx"],
    plugins: { ricarica: { rules: { "text-alone": textAlone } } },
    rules: { "ricarica/text-alone": "error" },
  },
  { files: ["**/*.test.{ts,tsx}", "e2e/**"], rules: { "max-lines": ["error", 500] } },
);

/** Lint: strict TypeScript, Pulumi's output rules, and the house's own rules with a reason each. */
import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";
import { exportDocRule, fileDocRule } from "./tools/lint/docs.mjs";
import { importRule } from "./tools/lint/imports.mjs";

const house = { rules: { imports: importRule, "file-doc": fileDocRule, "export-doc": exportDocRule } };

/** A number in the code is a decision nobody can find: these three mean nothing, last and none. */
const numbersThatNeedNoName = [-1, 0, 1, "0n", "1n"];

export default tseslint.config(
  {
    ignores: ["**/node_modules/", "**/dist/", ".fridayproof/", "coverage/", "reports/", ".stryker-tmp/", "gitops/"],
  },
  {
    files: ["**/*.{ts,mjs}"],
    extends: [...tseslint.configs.recommended],
    plugins: { house },
    rules: {
      "house/imports": "error",
      "house/file-doc": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "separate-type-imports", disallowTypeAnnotations: false },
      ],
      // An underscore says: named only to be left out of the rest.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { varsIgnorePattern: "^_", argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      eqeqeq: "error",
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"] }],
      "max-lines": ["error", { max: 250 }],
      "max-lines-per-function": ["error", { max: 50 }],
    },
  },
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { pulumi: { rules: pulumi.rules } },
    rules: {
      "pulumi/no-output-in-template-literal": "error",
      "pulumi/no-output-instance-in-template-literal": "error",
      // A promise nobody awaits loses its error, and a run that lost an error looks like a success.
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ["{stacks,components,apps,policies,guard,sandbox,cli}/**/*.ts"],
    rules: { "house/export-doc": "error" },
  },
  {
    files: ["policies/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "TaggedTemplateExpression[tag.name='fix'] TemplateElement[value.raw=/, or /]",
          message:
            "Another way is a change that tests make: write either(one, other), or example(change, what is meant).",
        },
      ],
    },
  },
  {
    files: ["components/**/*.ts", "policies/**/*.ts"],
    ignores: ["{components/core,policies}/limits/**"],
    rules: {
      "@typescript-eslint/no-magic-numbers": [
        "error",
        { ignore: numbersThatNeedNoName, ignoreEnums: true, ignoreNumericLiteralTypes: true, ignoreTypeIndexes: true },
      ],
    },
  },
  {
    // The command line loads what a verb needs only when that verb is called.
    files: ["cli/**/*.ts"],
    rules: { "@typescript-eslint/no-require-imports": ["error", { allow: ["^\\.\\.?/", "^@fridayproof/"] }] },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "max-lines-per-function": "off" },
  },
  prettier,
);

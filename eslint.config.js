// Lint rules. Formatting is prettier's; types are tsc's.
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// A compile must give the same bytes everywhere and always.
const nondeterministic = "Results must not depend on the time, on chance or on the locale";

export default defineConfig(
  { ignores: ["dist/", "out/", ".cache/", "coverage/", "**/*.gen.*", ".dependency-cruiser.cjs"] },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // With noUncheckedIndexedAccess, `!` after an index that a loop bounds is the clearest form.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      eqeqeq: "error",
    },
  },
  {
    files: ["src/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { property: "localeCompare", message: nondeterministic },
        { property: "toLocaleString", message: nondeterministic },
        { object: "Math", property: "random", message: nondeterministic },
      ],
      "no-restricted-globals": [
        "error",
        { name: "Date", message: nondeterministic },
        { name: "Intl", message: nondeterministic },
      ],
    },
  },
  // Configuration handles untyped JSON; tsc checks these files.
  { files: ["*.config.js"], extends: [tseslint.configs.disableTypeChecked] },
);

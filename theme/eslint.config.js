import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    rules: {
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "no-shadow": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      // As for Rust: a function is read on one screen.
      "max-lines-per-function": ["error", { max: 60, skipComments: true }],
    },
  },
  { files: ["scripts/**"], languageOptions: { globals: globals.browser } },
  { files: ["*.mjs"], languageOptions: { globals: globals.node } },
];

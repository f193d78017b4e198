export default {
  extends: "stylelint-config-standard",
  rules: {
    // Files stand in the order of topics, so rules of one element do not.
    "no-descending-specificity": null,
    // Classes of Mintlify's authors are written with a colon.
    "selector-class-pattern": "^([a-z][a-z0-9]*)(-[a-z0-9]+)*$|^dark:",
    // Safari has no other name for it.
    "property-no-vendor-prefix": [true, { ignoreProperties: ["-webkit-text-size-adjust"] }],
    // Names of fonts keep their capitals.
    "value-keyword-case": ["lower", { ignoreProperties: ["/^--/"], camelCaseSvgKeywords: true }],
  },
};

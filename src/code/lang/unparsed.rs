//! The languages that docgen does not parse, with what is known about their syntax.

use super::language::{Comments, Drawn, Family, Language, Strings};

/// Settings files.
const SETTINGS: Language = Language {
    family: Family::Loose,
    comments: Comments::HASH_OR_SEMICOLON,
    strings: Some(Strings::PLAIN),
    ..Language::new(&[""])
};

/// Settings in blocks with braces.
const BRACED_SETTINGS: Language = Language {
    family: Family::Loose,
    comments: Comments::HASH_OR_SLASHES,
    strings: Some(Strings::PLAIN),
    closes_brackets: true,
    ..Language::new(&[""])
};

/// Programming languages with the syntax of C.
const C_LIKE: Language = Language {
    family: Family::Program,
    comments: Comments::SLASHES,
    strings: Some(Strings::PLAIN),
    ..Language::new(&[""])
};

/// Programming languages whose comments begin with `#`.
const HASH_PROGRAM: Language = Language {
    family: Family::Program,
    comments: Comments::HASH,
    strings: Some(Strings::PLAIN),
    ..Language::new(&[""])
};

/// Programming languages whose comments begin with `--`.
const DASH_PROGRAM: Language = Language {
    family: Family::Program,
    comments: Comments::DASHES,
    strings: Some(Strings { quotes: b"\"'", multiline: b"'", literal: b"'" }),
    holds_markup: false,
    ..Language::new(&[""])
};

/// Languages whose comments begin with `#`; nothing else is known.
const HASH_COMMENTS: Language = Language { comments: Comments::HASH, ..Language::new(&[""]) };

/// HTML templates and other languages with entities.
const ENTITIES: Language =
    Language { family: Family::Markup, holds_entities: true, ..Language::new(&[""]) };

/// Languages in which a backslash before punctuation is likely to be meant.
const BACKSLASHES: Language = Language { holds_backslashes: true, ..Language::new(&[""]) };

const fn like(other: Language, labels: &'static [&'static str]) -> Language {
    Language { name: labels[0], labels, ..other }
}

/// Every language that docgen does not parse.
pub(super) static UNPARSED: &[Language] = &[
    // Programs.
    Language { holds_markup: false, closes_brackets: true, ..like(C_LIKE, &["java"]) },
    Language {
        holds_markup: false,
        closes_brackets: true,
        has_directives: true,
        ..like(C_LIKE, &["c", "h"])
    },
    Language {
        holds_markup: false,
        closes_brackets: true,
        has_directives: true,
        ..like(C_LIKE, &["cpp", "c++", "cc", "hpp"])
    },
    Language { has_directives: true, ..like(C_LIKE, &["objc"]) },
    Language {
        closes_brackets: true,
        has_directives: true,
        takes_unicode_spaces: true,
        ..like(C_LIKE, &["csharp", "cs", "c#"])
    },
    Language {
        strings: Some(Strings::BACKTICKS),
        holds_markup: false,
        closes_brackets: true,
        ..like(C_LIKE, &["go", "golang"])
    },
    Language { closes_brackets: true, ..like(C_LIKE, &["swift"]) },
    Language { closes_brackets: true, ..like(C_LIKE, &["kotlin", "kt", "kts"]) },
    Language { closes_brackets: true, ..like(C_LIKE, &["dart"]) },
    Language { closes_brackets: true, ..like(C_LIKE, &["protobuf", "proto"]) },
    like(C_LIKE, &["scala"]),
    like(C_LIKE, &["groovy", "gradle"]),
    like(C_LIKE, &["solidity"]),
    like(C_LIKE, &["zig"]),
    Language {
        holds_markup: false,
        closes_brackets: true,
        ..like(C_LIKE, &["css", "scss", "less"])
    },
    Language { holds_markup: false, ..like(HASH_PROGRAM, &["ruby", "rb"]) },
    like(HASH_PROGRAM, &["perl"]),
    like(HASH_PROGRAM, &["elixir", "ex"]),
    like(HASH_PROGRAM, &["julia", "jl"]),
    Language { holds_backslashes: true, ..like(HASH_PROGRAM, &["r"]) },
    like(DASH_PROGRAM, &["lua"]),
    Language {
        holds_backslashes: true,
        ..like(DASH_PROGRAM, &["sql", "mysql", "postgresql", "pgsql", "plsql", "tsql"])
    },
    Language {
        comments: Comments::HASH_OR_SLASHES,
        closes_brackets: true,
        ..like(ENTITIES, &["php"])
    },
    Language { closes_brackets: true, ..like(HASH_COMMENTS, &["graphql"]) },
    Language {
        holds_backslashes: true,
        takes_curly_quotes: true,
        ..like(HASH_COMMENTS, &["powershell", "ps1", "pwsh", "ps", "posh"])
    },
    Language { holds_backslashes: true, ..like(HASH_COMMENTS, &["nix"]) },
    like(HASH_COMMENTS, &["fish"]),
    like(HASH_COMMENTS, &["nu"]),
    like(HASH_COMMENTS, &["just"]),
    like(HASH_COMMENTS, &["cmake"]),
    like(HASH_COMMENTS, &["starlark", "bazel"]),
    like(HASH_COMMENTS, &["promql"]),
    like(HASH_COMMENTS, &["crystal"]),
    like(HASH_COMMENTS, &["nim"]),
    like(HASH_COMMENTS, &["cython", "jython"]),
    like(HASH_COMMENTS, &["rakefile"]),
    Language { holds_backslashes: true, ..Language::new(&["fsharp", "fs", "f#"]) },
    like(BACKSLASHES, &["batch", "bat", "batchfile", "cmd", "dos", "windows"]),
    like(BACKSLASHES, &["haskell", "hs"]),
    like(BACKSLASHES, &["purescript"]),
    like(BACKSLASHES, &["vim", "viml"]),
    like(BACKSLASHES, &["lisp"]),
    like(BACKSLASHES, &["elisp"]),
    like(BACKSLASHES, &["scheme"]),
    like(BACKSLASHES, &["racket"]),
    like(BACKSLASHES, &["clojure"]),
    Language { holds_entities: true, ..like(BACKSLASHES, &["elm"]) },
    // Settings.
    like(SETTINGS, &["conf"]),
    like(SETTINGS, &["makefile", "make"]),
    like(BRACED_SETTINGS, &["nginx"]),
    like(BRACED_SETTINGS, &["hcl", "terraform", "tf"]),
    like(HASH_COMMENTS, &["gitignore", "ignore"]),
    Language {
        strings: Some(Strings { quotes: b"\"`", multiline: b"\"`", literal: b"`" }),
        closes_brackets: true,
        ..like(HASH_COMMENTS, &["caddyfile"])
    },
    like(HASH_COMMENTS, &["sshconfig"]),
    like(HASH_COMMENTS, &["apache"]),
    Language { grammar: Some("yaml"), ..Language::new(&["compose"]) },
    Language { grammar: Some("json"), ..Language::new(&["jsonld", "json-ld"]) },
    Language::new(&["typoscript"]),
    Language { family: Family::Shell, ..Language::new(&["zsh-session"]) },
    // Markup and templates.
    like(ENTITIES, &["vue"]),
    like(ENTITIES, &["svelte"]),
    like(ENTITIES, &["astro"]),
    like(ENTITIES, &["angular", "angular-html"]),
    like(ENTITIES, &["glimmer-js", "glimmer-ts", "gjs", "gts"]),
    like(ENTITIES, &["riot"]),
    like(ENTITIES, &["marko"]),
    like(ENTITIES, &["webc"]),
    like(ENTITIES, &["erb", "html+erb"]),
    like(ENTITIES, &["jinja", "jinja2"]),
    like(ENTITIES, &["django"]),
    like(ENTITIES, &["twig"]),
    like(ENTITIES, &["nunjucks", "njk"]),
    like(ENTITIES, &["liquid"]),
    like(ENTITIES, &["tera"]),
    like(ENTITIES, &["handlebars", "hbs", "hbs-template"]),
    like(ENTITIES, &["ejs"]),
    like(ENTITIES, &["pug"]),
    like(ENTITIES, &["haml"]),
    like(ENTITIES, &["slim"]),
    like(ENTITIES, &["smarty"]),
    like(ENTITIES, &["velocity"]),
    like(ENTITIES, &["freemarker", "ftl"]),
    like(ENTITIES, &["jsp", "java-server-pages"]),
    like(ENTITIES, &["aspx"]),
    like(ENTITIES, &["razor", "cshtml"]),
    like(ENTITIES, &["blade"]),
    like(ENTITIES, &["heex", "eex", "leex"]),
    like(ENTITIES, &["go-template", "gotmpl", "gohtml", "go-html-template"]),
    like(ENTITIES, &["xaml"]),
    like(ENTITIES, &["qml"]),
    like(ENTITIES, &["json+html"]),
    like(ENTITIES, &["wikitext"]),
    Language { holds_backslashes: true, ..like(ENTITIES, &["rst", "restructuredtext"]) },
    Language { holds_backslashes: true, ..like(ENTITIES, &["asciidoc", "adoc"]) },
    Language { holds_backslashes: true, ..like(ENTITIES, &["markdoc", "mdoc"]) },
    Language {
        family: Family::Markdown,
        holds_backslashes: true,
        grammar: Some("md"),
        shows_marks: true,
        ..like(ENTITIES, &["mdx"])
    },
    Language {
        family: Family::Markdown,
        holds_backslashes: true,
        grammar: Some("md"),
        ..like(ENTITIES, &["rmarkdown", "rmd", "qmd"])
    },
    // Text, notations, and output of programs.
    Language { family: Family::Text, ..Language::new(&["text", "txt", "plain", "plaintext"]) },
    Language { family: Family::Output, ..Language::new(&["output"]) },
    Language { family: Family::Text, has_colors: true, ..Language::new(&["ansi"]) },
    Language { family: Family::Output, ..like(ENTITIES, &["log"]) },
    Language { family: Family::Drawing, ..Language::new(&["tree"]) },
    Language { family: Family::Other, ..like(ENTITIES, &["http", "http-request"]) },
    Language { family: Family::Other, ..like(ENTITIES, &["csv", "tsv"]) },
    Language {
        family: Family::Other,
        drawn: Some(Drawn::Diagram("Mermaid")),
        ..like(ENTITIES, &["mermaid"])
    },
    like(BACKSLASHES, &["latex", "tex"]),
    Language { drawn: Some(Drawn::Formula), ..like(BACKSLASHES, &["math"]) },
    like(BACKSLASHES, &["katex"]),
    like(BACKSLASHES, &["asciimath"]),
    like(BACKSLASHES, &["typst"]),
    like(BACKSLASHES, &["regex", "regexp"]),
    like(BACKSLASHES, &["bnf", "ebnf"]),
    like(BACKSLASHES, &["roff"]),
    like(BACKSLASHES, &["man"]),
    like(BACKSLASHES, &["org"]),
    like(BACKSLASHES, &["dot"]),
];

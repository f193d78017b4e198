//! The icons of files, by their names: what stands before the titles of code blocks.

/// Whole names, in lower case, and their icons; programs whose name is the title of a tab are among
/// them.
const NAMES: &[(&str, &str)] = &[
    ("bun", "bun"),
    ("caddyfile", "caddy"),
    ("cargo.lock", "rust"),
    ("cargo.toml", "rust"),
    ("deno", "deno"),
    ("dockerfile", "docker"),
    ("docker-compose.yaml", "docker"),
    ("docker-compose.yml", "docker"),
    ("compose.yaml", "docker"),
    ("compose.yml", "docker"),
    (".gitignore", "git"),
    ("gemfile", "ruby"),
    ("go.mod", "go"),
    ("makefile", "lucide:hammer"),
    ("nginx.conf", "nginx"),
    ("npm", "npm"),
    ("package.json", "nodedotjs"),
    ("pnpm", "pnpm"),
    ("yarn", "yarn"),
];

/// Endings and their icons.
const ENDINGS: &[(&str, &str)] = &[
    ("bash", "gnubash"),
    ("c", "c"),
    ("cc", "cplusplus"),
    ("conf", "lucide:settings"),
    ("cpp", "cplusplus"),
    ("cs", "dotnet"),
    ("css", "css"),
    ("dart", "dart"),
    ("ex", "elixir"),
    ("exs", "elixir"),
    ("go", "go"),
    ("graphql", "graphql"),
    ("h", "c"),
    ("hpp", "cplusplus"),
    ("hs", "haskell"),
    ("html", "html5"),
    ("ini", "lucide:settings"),
    ("java", "openjdk"),
    ("js", "javascript"),
    ("json", "json"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsx", "react"),
    ("kt", "kotlin"),
    ("lua", "lua"),
    ("md", "markdown"),
    ("mdx", "markdown"),
    ("mjs", "javascript"),
    ("php", "php"),
    ("png", "lucide:image"),
    ("py", "python"),
    ("rb", "ruby"),
    ("rs", "rust"),
    ("scala", "scala"),
    ("sh", "gnubash"),
    ("sql", "lucide:database"),
    ("svelte", "svelte"),
    ("svg", "svg"),
    ("swift", "swift"),
    ("tf", "terraform"),
    ("toml", "toml"),
    ("ts", "typescript"),
    ("tsx", "react"),
    ("txt", "lucide:file-text"),
    ("vue", "vuedotjs"),
    ("yaml", "yaml"),
    ("yml", "yaml"),
    ("zig", "zig"),
];

/// The icon of a file with this name or path, if it is known; that of a title which is no name of a
/// file is not.
pub fn of(title: &str) -> Option<&'static str> {
    if title.contains(char::is_whitespace) {
        return None;
    }
    let name = title.rsplit(['/', '\\']).next().unwrap_or(title).to_ascii_lowercase();
    let named = |rows: &'static [(&str, &'static str)], key: &str| {
        rows.iter().find(|(own, _)| *own == key).map(|(_, icon)| *icon)
    };
    named(NAMES, &name).or_else(|| named(ENDINGS, name.rsplit_once('.')?.1))
}

#[cfg(test)]
mod tests {
    use super::super::{DEFAULT_LIBRARY, Icon, find};
    use super::*;

    #[test]
    fn every_icon_of_a_file_exists() {
        for (name, icon) in NAMES.iter().chain(ENDINGS) {
            assert!(matches!(find(icon, DEFAULT_LIBRARY), Icon::Drawing(_)), "{name}: {icon}");
        }
    }

    #[test]
    fn names_of_files_have_icons_and_other_titles_have_none() {
        for (title, icon) in [
            ("src/main.rs", Some("rust")),
            ("Dockerfile", Some("docker")),
            ("package.json", Some("nodedotjs")),
            ("C:\\site\\docgen.toml", Some("toml")),
            ("A change in main.rs", None),
            ("rs", None),
            ("Source", None),
            ("", None),
        ] {
            assert_eq!(of(title), icon, "{title}");
        }
    }
}

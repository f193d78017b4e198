use super::*;

fn drawn(name: &str, library: &str) -> Option<Drawing> {
    match find(name, library) {
        Icon::Drawing(drawing) => Some(drawing),
        _ => None,
    }
}

#[test]
fn lists_are_sorted_and_each_name_is_found() {
    for list in [LUCIDE, BRANDS, NAMES] {
        assert!(list.is_ascii(), "it is cut at any byte");
        let names: Vec<&str> = entries(list).map(|(name, _)| name).collect();
        assert!(names.len() > 1000 && names.is_sorted_by(|a, b| a < b));
        for (name, found) in entries(list) {
            assert_eq!(value(list, name), Some(found), "{name}");
        }
    }
    for absent in ["", "a", "zzz", "house ", "house\n", "#"] {
        assert_eq!(value(LUCIDE, absent), None, "{absent}");
    }
}

#[test]
fn each_row_of_the_table_has_a_known_library_and_a_drawing() {
    for (key, target) in entries(NAMES) {
        let (library, name) = key.split_once(':').expect("a library");
        assert!(LIBRARIES.iter().any(|one| one.name == library), "{key}");
        assert!(row(library, name).is_some(), "{key} {target}");
        assert_ne!(target, name, "{key}: a name that both share needs no row");
    }
}

#[test]
fn each_prefix_is_reached() {
    for library in LIBRARIES {
        for prefix in library.prefixes {
            let name = format!("{prefix}:x-y");
            let (found, rest) = split(&name).expect("a library");
            assert_eq!((found.name, rest), (library.name, "x-y"), "{prefix}");
        }
    }
}

#[test]
fn names() {
    for (name, library, like) in [
        ("house", "lucide", "house"),
        ("home", "lucide", "house"),
        ("House", "lucide", "house"),
        ("gear", "lucide", "settings"),
        ("fa-gear", "lucide", "settings"),
        ("fa-solid fa-gear", "lucide", "settings"),
        ("fas fa-cog", "lucide", "cog"),
        ("fontawesome/solid/gear", "lucide", "settings"),
        (":fontawesome-solid-gear:", "lucide", "settings"),
        ("fa6-solid:gear", "lucide", "settings"),
        ("lucide:settings", "fontawesome", "settings"),
        ("bolt", "fontawesome", "zap"),
        ("bolt", "lucide", "bolt"),
        ("magnifying-glass", "fontawesome", "search"),
        ("material/cog", "lucide", "settings"),
        (":material-cog-outline:", "lucide", "settings"),
        ("mdi:cog", "lucide", "settings"),
        (":octicons-gear-16:", "lucide", "settings"),
        (":octicons-heart-fill-24:", "lucide", "heart"),
        ("setting", "astro", "settings"),
        ("open-book", "astro", "book-open"),
        ("tabler:adjustments", "lucide", "sliders-horizontal"),
        ("slack", "fontawesome", "slack"),
        ("slack", "brands", "slack"),
    ] {
        assert!(lucide(like).is_some(), "{like}");
        assert_eq!(drawn(name, library), lucide(like), "{name} of {library}");
    }
}

#[test]
fn brands() {
    for (name, library, slug) in [
        ("simple-icons:docker", "lucide", "docker"),
        (":simple-docker:", "lucide", "docker"),
        ("docker", "lucide", "docker"),
        ("docker", "fontawesome", "docker"),
        ("stack-overflow", "lucide", "stackoverflow"),
        ("fa-brands fa-node-js", "lucide", "nodedotjs"),
        ("fab fa-github", "lucide", "github"),
        ("fontawesome/brands/github-alt", "lucide", "github"),
        (":octicons-mark-github-16:", "lucide", "github"),
        ("nextjs", "lucide", "nextdotjs"),
        ("github", "brands", "github"),
        ("tabler:brand-docker", "lucide", "docker"),
    ] {
        assert_eq!(drawn(name, library), brand(slug), "{name} of {library}");
        assert!(brand(slug).is_some(), "{slug}");
    }
    assert_eq!(drawn("apple", "brands"), brand("apple"));
    assert_eq!(drawn("apple", "fontawesome"), lucide("apple"), "the fruit");
}

#[test]
fn pictures_and_texts_are_no_names() {
    for picture in ["/a/b.svg", "./b", "../b.png", "https://example.com/i", "logo.svg", "a/b.png"] {
        assert_eq!(find(picture, "lucide"), Icon::Picture(picture));
    }
    assert_eq!(find("🚀", "lucide"), Icon::Text("🚀"));
    assert_eq!(find("1", "lucide"), Icon::Text("1"));
    assert_eq!(drawn("x", "lucide"), lucide("x"));
    assert_eq!(find(":rocket:", "lucide"), Icon::Text("🚀"));
    for unknown in ["rokcet", "", "::", "lucide:", "brand:docker", "fontawesome:gear settings"] {
        assert_eq!(find(unknown, "lucide"), Icon::Unknown, "{unknown}");
    }
    assert_eq!(find(&"a".repeat(1_000_000), "lucide"), Icon::Unknown);
}

#[test]
fn suggestions() {
    for (name, expected) in [
        ("rokcet", Some("rocket")),
        ("open-book", Some("book-open")),
        ("fa-magnifying-glas", Some("magnifying-glass")),
        ("kubernets", Some("kubernetes")),
        ("qqqqqqqq", None),
    ] {
        assert_eq!(suggestion(name), expected, "{name}");
    }
    assert_eq!(suggestion(&"rocket".repeat(100_000)), None);
}

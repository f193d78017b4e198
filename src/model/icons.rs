//! Icons by name: the two sets that docgen draws, and the names that other libraries have for them.
//!
//! The sets are Lucide and Simple Icons, which has the marks of brands. `theme/icons.mjs` makes the
//! lists of their names; the drawings are in the renderer. All that is known about the names of
//! other libraries is in `icons/names.txt`.

pub mod files;

use crate::suggest::nearest;

/// The names of Lucide, older ones too, each with the number of its drawing.
const LUCIDE: &str = include_str!("icons/lucide.txt");

/// The names of Simple Icons, each with the number of its drawing.
const BRANDS: &str = include_str!("icons/brands.txt");

/// The names of other libraries, each with its library before it, and the name of an icon above.
const NAMES: &str = include_str!("icons/names.txt");

/// The longest name that is looked up, in bytes: no icon has a longer one.
const MAX_NAME_BYTES: usize = 80;

/// A set of drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Lucide: lines.
    Lucide,
    /// Simple Icons: shapes.
    Brands,
}

/// One drawing of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The set.
    pub set: Set,
    /// Its number in the set.
    pub number: usize,
}

/// What is written where an icon belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon<'a> {
    /// An icon of a set.
    Drawing(Drawing),
    /// The address of a picture.
    Picture(&'a str),
    /// A text that is an icon itself: an emoji, or a single letter or digit.
    Text(&'a str),
    /// No icon has this name.
    Unknown,
}

/// A library whose names are known.
struct Library {
    /// Its name, as in `names.txt`.
    name: &'static str,
    /// What names of it begin with, before a `/`, `:`, `-` or blank; longer ones first.
    prefixes: &'static [&'static str],
    /// Endings that only say how an icon is drawn or how large.
    endings: &'static [&'static str],
}

/// The library of names that no prefix gives another one.
pub const DEFAULT_LIBRARY: &str = "lucide";

/// The library of the marks of brands in Font Awesome.
const BRAND_LIBRARY: &str = "brands";

/// All libraries. A prefix stands before those that it begins with.
static LIBRARIES: &[Library] = &[
    Library { name: "lucide", prefixes: &["lucide"], endings: &[] },
    Library { name: "simple", prefixes: &["simple-icons", "simple", "si", "logos"], endings: &[] },
    Library {
        name: BRAND_LIBRARY,
        prefixes: &[
            "fontawesome/brands",
            "fontawesome-brands",
            "fa6-brands",
            "fa7-brands",
            "fa-brands",
            "fab",
        ],
        endings: &[],
    },
    Library {
        name: "fontawesome",
        prefixes: &[
            "fontawesome/solid",
            "fontawesome/regular",
            "fontawesome-solid",
            "fontawesome-regular",
            "fontawesome",
            "fa6-solid",
            "fa6-regular",
            "fa7-solid",
            "fa7-regular",
            "fa-solid",
            "fa-regular",
            "fa-light",
            "fa-thin",
            "fa-duotone",
            "fas",
            "far",
            "fal",
            "fad",
            "fa",
        ],
        endings: &["-alt"],
    },
    Library {
        name: "material",
        prefixes: &["material-symbols", "material", "mdi"],
        endings: &["-outline", "-variant", "-outlined", "-rounded"],
    },
    Library {
        name: "octicons",
        prefixes: &["octicons", "octicon"],
        endings: &["-16", "-24", "-12", "-fill"],
    },
    Library { name: "tabler", prefixes: &["tabler"], endings: &["-filled"] },
    Library { name: "astro", prefixes: &["astro", "seti"], endings: &[] },
];

/// What is written for an icon. `library` is the one that names without a prefix are of.
pub fn find<'a>(written: &'a str, library: &str) -> Icon<'a> {
    let name = written.trim();
    if is_picture(name) {
        return Icon::Picture(name);
    }
    if !name.is_ascii() {
        return Icon::Text(name);
    }
    let code = name.strip_prefix(':').and_then(|name| name.strip_suffix(':'));
    if let Some(emoji) = code.and_then(emojis::get_by_shortcode) {
        return Icon::Text(emoji.as_str());
    }
    match drawing(name, library) {
        Some(drawing) => Icon::Drawing(drawing),
        None if name.len() == 1 => Icon::Text(name),
        None => Icon::Unknown,
    }
}

/// Whether an icon is the address of a picture and not a name.
pub fn is_picture(written: &str) -> bool {
    let ending = || written.rsplit_once('.').map_or("", |(_, ending)| ending);
    written.starts_with(['/', '.'])
        || written.contains("://")
        || written.starts_with("data:")
        || ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico"].contains(&ending())
}

/// The library with this name, as settings and attributes give it: `fontawesome`, `brands`.
pub fn library(name: &str) -> Option<&'static str> {
    LIBRARIES.iter().find(|library| library.name == name).map(|library| library.name)
}

/// The library that attributes of a component give: `iconType="brands"`, `library="tabler"`.
pub fn own_library(style: Option<&str>, named: Option<&str>) -> Option<&'static str> {
    let style = style.filter(|style| *style == BRAND_LIBRARY);
    style.or(named).and_then(library)
}

/// The numbers of all drawings of a set.
pub fn numbers(set: Set) -> impl Iterator<Item = usize> {
    let list = match set {
        Set::Lucide => LUCIDE,
        Set::Brands => BRANDS,
    };
    entries(list).filter_map(|(_, number)| number.parse().ok())
}

/// The name that an unknown one may be a misspelling of: the same words in another order, or
/// nearly the same letters.
pub fn suggestion(written: &str) -> Option<&'static str> {
    let name = written.trim().trim_matches(':').to_ascii_lowercase();
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    let (_, name) = split(&name).unwrap_or((LIBRARIES.first()?, &name));
    let words = sorted_words(name);
    let lucide = || entries(LUCIDE).map(|(name, _)| name);
    let others = entries(NAMES).filter_map(|(key, _)| key.strip_prefix("fontawesome:"));
    lucide()
        .find(|known| known.len() == name.len() && sorted_words(known) == words)
        .or_else(|| nearest(name, lucide()))
        .or_else(|| nearest(name, others))
        .or_else(|| nearest(name, entries(BRANDS).map(|(name, _)| name)))
}

fn sorted_words(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split('-').collect();
    words.sort_unstable();
    words
}

/// The drawing with this name.
fn drawing(written: &str, library: &str) -> Option<Drawing> {
    if written.len() > MAX_NAME_BYTES {
        return None;
    }
    let name = written.to_ascii_lowercase().replace(' ', "/");
    let name = name.strip_prefix(':').and_then(|name| name.strip_suffix(':')).unwrap_or(&name);
    let own = || Some((LIBRARIES.iter().find(|one| one.name == library)?, name));
    let (library, mut name) = split(name).or_else(own)?;
    // As a class: `fa-solid fa-house`.
    name = name.strip_prefix("fa-").unwrap_or(name);
    loop {
        if let Some(drawing) = in_library(library, name) {
            return Some(drawing);
        }
        name = library.endings.iter().find_map(|ending| name.strip_suffix(ending))?;
    }
}

/// The library that a prefix of the name gives, and the rest of the name.
fn split(name: &str) -> Option<(&'static Library, &str)> {
    // A name of Lucide may begin like a prefix.
    if number(LUCIDE, name).is_some() {
        return None;
    }
    LIBRARIES.iter().find_map(|library| {
        let rest = library.prefixes.iter().find_map(|prefix| name.strip_prefix(prefix))?;
        let rest = rest.strip_prefix(['/', ':', '-'])?;
        (!rest.is_empty()).then_some((library, rest))
    })
}

/// The drawing for a name of a library: the one that the table gives, the one of the same name, or
/// the one that another common library has under that name.
fn in_library(library: &Library, name: &str) -> Option<Drawing> {
    match library.name {
        "simple" => brand(name).or_else(|| row(BRAND_LIBRARY, name)),
        BRAND_LIBRARY => row(BRAND_LIBRARY, name).or_else(|| brand(name)).or_else(|| lucide(name)),
        own => row(own, name)
            .or_else(|| lucide(name))
            .or_else(|| row("fontawesome", name))
            .or_else(|| row(BRAND_LIBRARY, name))
            .or_else(|| brand(name.strip_prefix("brand-").unwrap_or(name))),
    }
}

fn lucide(name: &str) -> Option<Drawing> {
    Some(Drawing { set: Set::Lucide, number: number(LUCIDE, name)? })
}

/// Slugs have no hyphens: `stack-overflow` is `stackoverflow`.
fn brand(name: &str) -> Option<Drawing> {
    let number = number(BRANDS, name).or_else(|| number(BRANDS, &name.replace('-', "")))?;
    Some(Drawing { set: Set::Brands, number })
}

/// The drawing that a row of the table gives.
fn row(library: &str, name: &str) -> Option<Drawing> {
    let target = value(NAMES, &format!("{library}:{name}"))?;
    match target.strip_prefix("brand:") {
        Some(slug) => brand(slug),
        None => lucide(target),
    }
}

fn number(list: &'static str, name: &str) -> Option<usize> {
    value(list, name)?.parse().ok()
}

/// The entries of a list: two words in each line.
fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '))
}

/// The second word of the line that begins with `key`, in a sorted list, which is searched by
/// halves. Nothing is prepared for that, so icons that a site does not use cost nothing.
fn value(list: &'static str, key: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = list[low..middle].rfind('\n').map_or(low, |at| low + at + 1);
        let end = list[middle..high].find('\n').map_or(high, |at| middle + at);
        let (name, value) = list[start..end].split_once(' ')?;
        match name.cmp(key) {
            std::cmp::Ordering::Equal => return Some(value),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests;

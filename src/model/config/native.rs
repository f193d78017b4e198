//! Reads docgen.toml.

use std::cell::RefCell;

use super::reader::Reader;
use super::{
    CommandBinding, Config, ConfigFault, Feedback, Flavour, Gate, GlossaryFile, HeaderLink, Logo,
    Nav, NavItem, NavLanguage, NavTab, Redirect, SchemaBinding, When, named,
};
use crate::data::{self, Node, Value};
use crate::diagnostic::Severity;
use crate::icons;
use crate::markdown::{Includes, expand};
use crate::source::{Source, Span, VPath};
use crate::suggest::nearest;

/// A docgen.toml, parsed once.
#[derive(Clone, Debug)]
pub struct DocgenToml {
    /// The file.
    pub source: Source,
    node: Result<Node, ConfigFault>,
}

impl DocgenToml {
    /// Parses the text. Invalid TOML is an error only when it is [read](Self::read).
    pub fn new(source: Source) -> Self {
        let node = data::toml::read(&source.text).map_err(|fault| ConfigFault {
            span: fault.span,
            message: fault.message,
            help: None,
        });
        Self { source, node }
    }

    /// The flavour that it names, if any.
    pub fn flavour(&self) -> Option<Flavour> {
        Flavour::named(self.node.as_ref().ok()?.get("flavour")?.as_str()?)
    }

    /// Reads it on top of `config`.
    pub fn read(&self, config: Config, rule_names: &[&str]) -> Result<Config, Vec<ConfigFault>> {
        let node = self.node.as_ref().map_err(|fault| vec![fault.clone()])?;
        read(&self.source.path, node, config, rule_names)
    }
}

fn read(
    path: &VPath,
    node: &Node,
    mut config: Config,
    rule_names: &[&str],
) -> Result<Config, Vec<ConfigFault>> {
    let faults = RefCell::new(Vec::new());
    let reader = Reader::new(node, &faults);
    let before = config.language.clone();
    basics(&reader, &mut config);
    if let Some(node) = reader.get("language") {
        config.language = config.language_at(node, Some(path)).unwrap_or(before);
    }
    look(&reader, &mut config);
    config.bad_values.extend(super::values::bad(node, path));
    let named = named::of(node, path, named::NATIVE);
    // The same setting in another file is overridden.
    config.named.retain(|old| named.iter().all(|new| !new.stands_for(old)));
    config.named.extend(named);
    if let Some(nav) = navigation(&reader, path, &mut config) {
        config.nav = Some(nav);
    }
    let mut redirects = Vec::new();
    for redirect in reader.tables("redirect") {
        let (from, to) = (redirect.required("from"), redirect.required("to"));
        let span = redirect.node().get("to").map_or(redirect.node().span, |node| node.span);
        if let (Some(from), Some(to)) = (from, to) {
            redirects.push(Redirect { from, to, path: path.clone(), span });
        }
        redirect.finish();
    }
    // A redirect of the same address in another file is overridden.
    config.redirects.retain(|old| redirects.iter().all(|new| new.from != old.from));
    config.redirects.extend(redirects);
    hidden_lines(&reader, &mut config);
    variables(&reader, &mut config);
    if let Some(node) = reader.get("glossary") {
        let file = node.as_str().filter(|name| !name.starts_with('/')).and_then(VPath::new);
        let (settings, span) = (path.clone(), node.span);
        config.glossary_file = file.map(|file| GlossaryFile { file, settings, span });
        if config.glossary_file.is_none() {
            reader.refuse(node, "`glossary` must be a file inside the root", None);
        }
    }
    super::words::read(&reader, &mut config.words);
    super::security::read(&reader, &mut config.security);
    super::external::read(&reader, path, &mut config.external);
    checks(&reader, &mut config, rule_names);
    config.schemas.extend(schemas(&reader));
    config.commands.extend(commands(&reader, path));
    reader.finish();
    let mut faults = faults.into_inner();
    faults.sort_by_key(|fault| fault.span.start);
    if faults.is_empty() { Ok(config) } else { Err(faults) }
}

fn basics(reader: &Reader<'_>, config: &mut Config) {
    let set = |key: &'static str, field: &mut String| {
        if let Some(value) = reader.string(key) {
            *field = value;
        }
    };
    set("title", &mut config.title);
    set("description", &mut config.description);
    set("language", &mut config.language);
    set("repository", &mut config.repository);
    set("edit_url", &mut config.edit_url);
    set("report_url", &mut config.report_url);
    if reader.get("assistants").is_some() {
        config.assistants = super::assistants::read(reader, "assistants");
    }
    if reader.get("authors").is_some() {
        config.authors = reader.strings("authors");
    }
    for (key, field) in [
        ("content", &mut config.content),
        ("output", &mut config.output),
        ("cache", &mut config.cache),
    ] {
        let Some(value) = reader.string(key) else { continue };
        match VPath::new(&value).filter(|_| !value.starts_with('/')) {
            Some(path) if key == "content" || !path.as_str().is_empty() => {
                *field = path.as_str().to_owned()
            }
            _ => {
                let help =
                    Some("name a folder inside the root; `--output` takes any folder".to_owned());
                reader.refuse(
                    reader.node().get(key).unwrap_or(reader.node()),
                    format!("`{key}` leaves the root"),
                    help,
                );
            }
        }
    }
    if let Some(file) = reader.string("baseline") {
        config.baseline = VPath::new(&file).filter(|path| !path.as_str().is_empty());
        if config.baseline.is_none() || file.starts_with('/') {
            let node = reader.node().get("baseline").unwrap_or(reader.node());
            let help = Some("name a file inside the root; `--baseline` takes any file".to_owned());
            reader.refuse(node, "`baseline` leaves the root", help);
        }
    }
    let flavours: Vec<(&str, Flavour)> =
        Flavour::ALL.iter().map(|one| (one.name(), *one)).collect();
    if let Some(flavour) = reader.choice("flavour", &flavours) {
        config.flavour = flavour;
    }
    if let Some(url) = reader.string("base_url") {
        let web = url.starts_with("https://") || url.starts_with("http://");
        if !web && let Some(node) = reader.get("base_url") {
            let help = Some("for example `https://docs.example.com`".to_owned());
            reader.refuse(node, "`base_url` must begin with `https://` or `http://`", help);
        }
        if url.contains(|c: char| c.is_whitespace() || c.is_control())
            && let Some(node) = reader.get("base_url")
        {
            reader.refuse(node, "`base_url` cannot contain spaces or line breaks", None);
        }
        config.base_url = Some(url.trim_end_matches('/').to_owned());
    }
}

fn look(reader: &Reader<'_>, config: &mut Config) {
    match reader.get("logo").map(|node| (node, &node.value)) {
        Some((_, Value::String(path))) => {
            config.logo = Some(Logo { light: path.clone(), dark: path.clone() });
        }
        Some(_) => {
            if let Some(logo) = reader.table("logo") {
                let (light, dark) = (logo.required("light"), logo.string("dark"));
                if let Some(light) = light {
                    config.logo = Some(Logo { dark: dark.unwrap_or_else(|| light.clone()), light });
                }
                logo.finish();
            }
        }
        None => {}
    }
    if let Some(favicon) = reader.string("favicon") {
        config.favicon = Some(favicon);
    }
    if let Some(colors) = reader.table("colors") {
        let primary = colors.string("primary").unwrap_or_default();
        config.primary_color_dark = colors
            .string("dark")
            .or_else(|| colors.string("light"))
            .unwrap_or_else(|| primary.clone());
        config.primary_color = primary;
        colors.finish();
    }
    if let Some(primary) = super::theme::read(reader, &mut config.theme) {
        (config.primary_color, config.primary_color_dark) = (primary.light, primary.dark);
    }
    match reader.get("feedback").map(|node| (node, &node.value)) {
        Some((_, Value::String(url))) => config.feedback = Some(Feedback::Address(url.clone())),
        Some((_, Value::Bool(asked))) => config.feedback = asked.then_some(Feedback::Script),
        Some((node, _)) => {
            reader.refuse(node, "`feedback` must be an address, or true for a script", None);
        }
        None => {}
    }
    if let Some(consent) = reader.table("consent") {
        config.consent.scripts = consent.strings("scripts");
        config.consent.text = consent.string("text").unwrap_or_default();
        consent.finish();
    }
    if let Some(search) = reader.bool("search") {
        config.search = search;
    }
    if let Some(twins) = reader.bool("twins") {
        config.twins = twins;
    }
    if let Some(math) = reader.bool("math") {
        config.math = math;
    }
    if let Some(last_change) = reader.bool("last_change") {
        config.last_change = last_change;
    }
    add(&mut config.stylesheets, reader.strings("stylesheets"));
    add(&mut config.scripts, reader.strings("scripts"));
    add(&mut config.links, links(reader, "link"));
    if let Some(footer) = reader.table("footer") {
        config.footer.text = footer.string("text").unwrap_or_default();
        for column in footer.tables("column") {
            if let Some(title) = column.required("title") {
                add(&mut config.footer.columns, vec![(title, links(&column, "links"))]);
            }
            column.finish();
        }
        footer.finish();
    }
}

/// A list of links.
fn links(reader: &Reader<'_>, key: &'static str) -> Vec<HeaderLink> {
    let mut out = Vec::new();
    for link in reader.tables(key) {
        let icon = link.string("icon").unwrap_or_default();
        if let (Some(label), Some(url)) = (link.required("label"), link.required("url")) {
            out.push(HeaderLink { label, url, icon });
        }
        link.finish();
    }
    out
}

/// Adds entries that are not already in another file.
fn add<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

/// The tables `nav`. Those with the same language and tab are joined, wherever they are; a table
/// without them belongs to the main language, and to the tab of the table above it.
fn navigation(reader: &Reader<'_>, path: &VPath, config: &mut Config) -> Option<Nav> {
    let mut languages: Vec<NavLanguage> = Vec::new();
    let mut tab = String::new();
    for group in reader.tables("nav") {
        let title = group.string("title").unwrap_or_default();
        let node = group.string("language").and_then(|_| group.node().get("language"));
        let code = node.and_then(|node| config.language_at(node, Some(path)));
        let code = code.unwrap_or_else(|| config.language.clone());
        tab = group.string("tab").unwrap_or(tab);
        let icon = icon(&group, config.icon_library);
        let folded = group.bool("folded");
        let inside = pages(&group, config.icon_library);
        let span = group.node().get("language").map_or(group.node().span, |code| code.span);
        group.finish();
        if inside.is_empty() && title.is_empty() {
            continue;
        }
        let language = place(
            &mut languages,
            |one| one.code == code,
            || NavLanguage { code: code.clone(), tabs: Vec::new(), span },
        );
        let tab = place(
            &mut language.tabs,
            |one| one.title == tab,
            || NavTab { title: tab.clone(), items: Vec::new() },
        );
        if title.is_empty() {
            tab.items.extend(inside)
        } else {
            tab.items.push(NavItem::Group { title, icon, folded, items: inside })
        }
    }
    let nameless = |one: &NavTab| one.title.is_empty();
    if languages.iter().any(|one| one.tabs.len() > 1 && one.tabs.iter().any(nameless))
        && let Some(node) = reader.node().get("nav")
    {
        let help = Some("give the first table of each language a `tab`".to_owned());
        reader.refuse(
            node,
            "some tables of `nav` have a `tab`, but tables before them have none",
            help,
        );
    }
    // A site in one language needs no language code.
    if let [only] = languages.as_mut_slice() {
        only.code.clear();
        only.span = Span::default();
    }
    (!languages.is_empty()).then(|| Nav { path: path.clone(), languages })
}

/// The first entry of a list that fits; if there is none, a new one at the end.
fn place<T>(list: &mut Vec<T>, fits: impl Fn(&T) -> bool, make: impl Fn() -> T) -> &mut T {
    let at = list.iter().position(fits).unwrap_or_else(|| {
        list.push(make());
        list.len() - 1
    });
    &mut list[at]
}

fn pages(reader: &Reader<'_>, library: &str) -> Vec<NavItem> {
    let Some(node) = reader.get("pages") else { return Vec::new() };
    if !matches!(node.value, Value::Array(_)) {
        reader.refuse(node, "`pages` must be a list", None);
    }
    let mut items = Vec::new();
    for node in node.items() {
        match &node.value {
            Value::String(target) => {
                items.push(NavItem::Page { target: target.clone(), span: node.span })
            }
            Value::Object(_) => {
                let inside = reader.nested(node);
                let title = inside.required("title").unwrap_or_default();
                let url = inside.string("url");
                let pages = pages(&inside, library);
                items.push(match url {
                    Some(url) => NavItem::Link { label: title, url },
                    None => NavItem::Group {
                        title,
                        icon: icon(&inside, library),
                        folded: inside.bool("folded"),
                        items: pages,
                    },
                });
                inside.finish();
            }
            _ => reader.refuse(
                node,
                "expected a page, or a table with `title` and `pages` or `url`",
                None,
            ),
        }
    }
    items
}

/// The icon of a group; a name that does not exist is refused.
fn icon(reader: &Reader<'_>, library: &str) -> String {
    let icon = reader.string("icon").unwrap_or_default();
    if let Some(node) = reader.node().get("icon")
        && !icon.is_empty()
        && icons::find(&icon, library) == icons::Icon::Unknown
    {
        let help = icons::suggestion(&icon).map(|near| format!("did you mean `{near}`?"));
        reader.refuse(node, format!("no icon has the name `{icon}`"), help);
    }
    icon
}

fn hidden_lines(reader: &Reader<'_>, config: &mut Config) {
    let Some(node) = reader.get("hidden_lines") else { return };
    if !matches!(node.value, Value::Object(_)) {
        let message =
            "`hidden_lines` must be a table of languages and the marks of their hidden lines";
        reader.refuse(node, message, None);
    }
    for member in node.members() {
        match member.value.as_str().filter(|prefix| !prefix.is_empty()) {
            Some(prefix) => {
                config.hidden_lines.insert(member.key.clone(), prefix.to_owned());
            }
            None => {
                let help = Some("for example `python = \"~\"`".to_owned());
                reader.refuse(
                    &member.value,
                    "expected the text that hidden lines begin with",
                    help,
                );
            }
        }
    }
}

fn variables(reader: &Reader<'_>, config: &mut Config) {
    let Some(node) = reader.get("variables") else { return };
    if config.flavour.dialect.includes != Includes::Parts {
        let help = Some("the generator of this tree has its own way, or none".to_owned());
        reader.refuse(node, "only docgen's own trees have variables", help);
    }
    expand::read_variables(node, &mut config.variables, &mut |node, why| {
        reader.refuse(node, why, None);
    });
}

fn checks(reader: &Reader<'_>, config: &mut Config, rule_names: &[&str]) {
    let Some(check) = reader.table("check") else { return };
    let gates = [("error", Gate::Error), ("warning", Gate::Warning), ("off", Gate::Off)];
    if let Some(gate) = check.choice("gate", &gates) {
        config.gate = gate;
    }
    let rules = check.get("rules");
    if let Some(node) = rules.filter(|node| !matches!(node.value, Value::Object(_))) {
        check.refuse(node, "`rules` must be a table of rules and severities", None);
    }
    for member in rules.map_or(&[][..], Node::members) {
        let level = match member.value.as_str() {
            Some("error") => Some(Severity::Error),
            Some("warning") => Some(Severity::Warning),
            Some("note") => Some(Severity::Note),
            Some("off") => None,
            _ => {
                check.refuse(&member.value, "expected `error`, `warning`, `note` or `off`", None);
                continue;
            }
        };
        if rule_names.is_empty() || rule_names.contains(&member.key.as_str()) {
            config.rules.insert(member.key.clone(), level);
        } else {
            let near = nearest(&member.key, rule_names.iter().copied());
            let help = near.map(|name| format!("did you mean `{name}`?"));
            let key = Node { span: member.key_span, value: Value::Null };
            check.refuse(&key, format!("unknown rule `{}`", member.key), help);
        }
    }
    check.finish();
}

fn schemas(reader: &Reader<'_>) -> Vec<SchemaBinding> {
    let mut out = Vec::new();
    for table in reader.tables("schema") {
        let file = file(&table, "file");
        let stem =
            file.as_ref().map(|file| file.file_name().split('.').next().unwrap_or("").to_owned());
        let binding = SchemaBinding {
            name: table.string("name").or(stem).unwrap_or_default(),
            languages: table.strings("languages"),
            paths: table.strings("paths"),
            pointer: table.string("pointer").unwrap_or_default(),
            when: table
                .choice("when", &[("looks-like", When::LooksLike), ("always", When::Always)])
                .unwrap_or_default(),
            span: table.node().get("file").map_or(table.node().span, |node| node.span),
            file: file.unwrap_or_else(empty),
        };
        out.push(binding);
        table.finish();
    }
    out
}

fn commands(reader: &Reader<'_>, path: &VPath) -> Vec<CommandBinding> {
    let mut out = Vec::new();
    for table in reader.tables("command") {
        out.push(CommandBinding {
            name: table.required("name").unwrap_or_default(),
            runners: table.string_lists("runners"),
            settings: path.clone(),
            span: table.node().get("spec").map_or(table.node().span, |node| node.span),
            spec: file(&table, "spec").unwrap_or_else(empty),
        });
        table.finish();
    }
    out
}

fn empty() -> VPath {
    VPath::new("").expect("the empty path is inside the root")
}

fn file(table: &Reader<'_>, key: &'static str) -> Option<VPath> {
    let text = table.required(key)?;
    let path = VPath::new(&text).filter(|_| !text.starts_with('/'));
    if path.is_none() {
        let node = table.node().get(key).unwrap_or(table.node());
        table.refuse(
            node,
            format!("`{key}` leaves the root"),
            Some("copy the file into the tree".to_owned()),
        );
    }
    path
}

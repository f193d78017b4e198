//! What `docgen build` says of a tree for another generator: one line for each construct that
//! docgen does not render.

use std::io::{Result, Write};

use super::counted;
use crate::check::constructs::{Construct, Fate};
use crate::config::Flavour;
use crate::markdown::own_components;

/// The most constructs that are listed.
const MAX_LISTED: usize = 40;

/// Writes the list.
pub fn write(constructs: &[Construct], flavour: Flavour, out: &mut dyn Write) -> Result<()> {
    // A folder without settings is for no generator that has a name.
    let whose =
        if flavour.is_foreign() { format!(" for {}", flavour.name()) } else { String::new() };
    writeln!(out, "docgen does not render all that these pages{whose} use:")?;
    for one in constructs.iter().take(MAX_LISTED) {
        let fate = match one.fate {
            Fate::Lost => {
                let names: Vec<String> =
                    one.attributes.iter().map(|name| format!("`{name}`")).collect();
                format!("without its {}", names.join(", "))
            }
            Fate::ShownAsText => "shown as text".to_owned(),
            Fate::Nothing => "nothing is shown in its place".to_owned(),
            Fate::Plain => "its content is shown without its look".to_owned(),
        };
        let times = if one.count == 1 { "once" } else { &format!("{} times", one.count) };
        let pages = counted(one.pages, "page");
        let (severity, (path, line)) = (one.severity.name(), &one.first);
        writeln!(out, "  {severity}: {}: {times} on {pages}, {fate} ({path}:{line})", one.name)?;
    }
    if constructs.len() > MAX_LISTED {
        writeln!(out, "  and {} more", constructs.len() - MAX_LISTED)?;
    }
    if let Some(name) = constructs.iter().find_map(|one| own_component(&one.name)) {
        writeln!(
            out,
            "  a template of its name renders a component: templates/components/{name}.html, \
             with a docgen.toml beside templates/"
        )?;
    }
    Ok(())
}

/// The name of a component that a template of the site could render.
fn own_component(construct: &str) -> Option<&str> {
    let name = construct.strip_prefix('<')?.strip_suffix('>')?;
    let own = own_components::name_of(&format!("{}{name}.html", own_components::FOLDER));
    (own.as_deref() == Some(name) && !own_components::is_built_in(name)).then_some(name)
}

//! PowerShell in blocks that are labelled as another shell: its escapes, variables and quotes mean
//! other things, so that it cannot be parsed as a script of sh.

/// Whether a text is written in PowerShell, or shows a session of it.
pub(in crate::lang) fn is_powershell(text: &str) -> bool {
    text.lines().map(str::trim).any(|line| {
        line.starts_with("PS>")
            || line.starts_with("PS ") && line.contains('>')
            || line.starts_with("$env:")
            || line.split(['|', '=', '(']).any(|part| is_cmdlet(part.trim_start()))
            || is_assignment(line)
    })
}

/// Whether a command begins with a name such as `Get-ChildItem`.
fn is_cmdlet(command: &str) -> bool {
    let name = command.split_whitespace().next().unwrap_or("");
    let word = |word: &str| {
        word.len() > 1
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.chars().all(|c| c.is_ascii_alphanumeric())
            && word.contains(|c: char| c.is_ascii_lowercase())
    };
    name.split_once('-').is_some_and(|(verb, noun)| VERBS.contains(&verb) && word(noun))
}

/// The usual verbs of cmdlets.
const VERBS: &[&str] = &[
    "Add",
    "Clear",
    "Connect",
    "Convert",
    "ConvertFrom",
    "ConvertTo",
    "Copy",
    "Disable",
    "Enable",
    "Expand",
    "Export",
    "ForEach",
    "Format",
    "Get",
    "Import",
    "Install",
    "Invoke",
    "Join",
    "Move",
    "New",
    "Out",
    "Read",
    "Register",
    "Remove",
    "Rename",
    "Restart",
    "Select",
    "Set",
    "Sort",
    "Split",
    "Start",
    "Stop",
    "Test",
    "Uninstall",
    "Unregister",
    "Update",
    "Wait",
    "Where",
    "Write",
];

/// `$name = …`; a shell of the family of sh assigns without a dollar.
fn is_assignment(line: &str) -> bool {
    let Some((name, _)) = line.strip_prefix('$').and_then(|rest| rest.split_once(" = ")) else {
        return false;
    };
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

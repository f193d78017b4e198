//! Loads a schema from its text.

use serde_json::Value;

use super::Schema;
use super::compile::compile;

/// The largest text that is read, in bytes.
const MAX_BYTES: usize = 64 << 20;
/// The deepest nesting that is read; the JSON parser recurses and stops at 128 by itself.
const MAX_NESTING: usize = 120;

/// See [`Schema::load`].
pub(super) fn load(name: &str, text: &str) -> Result<Schema, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_size(text, MAX_BYTES).map_err(|cause| format!("schema `{name}`: {cause}"))?;
    let root: Value = serde_json::from_str(text)
        .map_err(|error| format!("schema `{name}` is not valid JSON: {error}"))?;
    if !root.is_object() {
        return Err(format!("schema `{name}` is not an object"));
    }
    let compiled =
        compile(&root).map_err(|cause| format!("schema `{name}` cannot be used: {cause}"))?;
    Ok(Schema {
        name: name.to_owned(),
        root,
        program: compiled.program,
        untranslated: compiled.untranslated,
        parts: Default::default(),
    })
}

/// Refuses what is too large or too deep, before anything recurses over it.
fn check_size(text: &str, max_bytes: usize) -> Result<(), String> {
    if text.len() > max_bytes {
        return Err(format!("larger than {} MB", max_bytes >> 20));
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > MAX_NESTING {
                    return Err(format!("nested deeper than {MAX_NESTING} levels"));
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

//! Filters that take a value for what it is: one that is not defined is an error, as without them.

use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Replaces the filters of the engine that make an empty text of a value that is not defined.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("safe", |value: Value, _: Kwargs, _: &State<'_>| {
        defined(&value, "safe").map(|()| match value.as_str() {
            Some(text) => Value::safe_string(text),
            None => Value::safe_string(&value.to_string()),
        })
    });
    tera.register_filter("str", |value: Value, _: Kwargs, _: &State<'_>| {
        defined(&value, "str").map(|()| value.to_string())
    });
}

fn defined(value: &Value, filter: &str) -> TeraResult<()> {
    if !value.is_undefined() {
        return Ok(());
    }
    Err(tera::Error::message(format!(
        "the value before `| {filter}` is not defined; if it may be missing, write `| default(value=\"\")` before the filter"
    )))
}

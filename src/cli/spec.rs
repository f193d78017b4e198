//! docgen's own command line as a command specification, against which `docgen check` validates the
//! examples in the manual: a renamed flag that the manual still uses is found.

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use serde_json::{Value, json};

    use crate::cli::Arguments;

    fn command(command: &clap::Command) -> Value {
        let flags: Vec<Value> = command
            .get_arguments()
            .filter_map(|argument| {
                let value = match argument.get_action().takes_values() {
                    // The value belongs to the flag only behind an equals sign.
                    true if argument.is_require_equals_set() => "optional",
                    true => "required",
                    false => "none",
                };
                let mut flag =
                    json!({ "long": format!("--{}", argument.get_long()?), "value": value });
                let choices: Vec<String> = argument
                    .get_possible_values()
                    .iter()
                    .map(|value| value.get_name().to_owned())
                    .collect();
                if !choices.is_empty() && value != "none" {
                    flag["choices"] = json!(choices);
                }
                Some(flag)
            })
            .collect();
        let args: Vec<Value> = command
            .get_positionals()
            .map(|argument| {
                let range = argument.get_num_args().unwrap_or_default();
                json!({
                    "name": argument.get_id().as_str(),
                    "required": argument.is_required_set(),
                    "variadic": range.max_values() > 1 || matches!(argument.get_action(), clap::ArgAction::Append),
                })
            })
            .collect();
        let commands: Vec<Value> = command.get_subcommands().map(self::command).collect();
        json!({
            "name": command.get_name(),
            "runnable": commands.is_empty(),
            "flags": flags,
            "args": args,
            "commands": commands,
        })
    }

    #[test]
    fn the_shipped_specification_is_the_command_line() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("specs/docgen.json");
        let spec =
            json!({ "tool": "docgen", "version": "0", "root": command(&Arguments::command()) });
        let text = format!("{}\n", serde_json::to_string_pretty(&spec).unwrap());
        if std::env::var_os("DOCGEN_BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let shipped = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            shipped == text,
            "specs/docgen.json is out of date; run the tests with DOCGEN_BLESS=1"
        );
    }
}

//! `docgen spec import` and `docgen rules`, as programs.

use crate::common::Tree;

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn files_and_their_faults() {
    let tree = Tree::new(&[
        ("help.txt", "Usage: tool [OPTIONS] <COMMAND>\n\nCommands:\n  serve  Answer\n"),
        ("serve.txt", "Usage: tool serve [OPTIONS]\n\nOptions:\n  -p, --port <PORT>  Port\n"),
        ("prose.txt", "Nothing to see here.\n"),
    ]);
    let run = tree.run(&["spec", "import", "--name", "tool", "serve.txt", "help.txt"]);
    assert_eq!(run.code, 0, "{run:?}");
    let spec = json(&run.out);
    assert_eq!(spec["root"]["commands"][0]["flags"][0]["long"], "--port");
    for (arguments, said) in [
        (&["spec", "import", "--name", "tool", "prose.txt"][..], "prose.txt"),
        (&["spec", "import", "--name", "tool", "gone.txt"], "gone.txt"),
        (&["spec", "import", "help.txt"], "--name"),
        (&["spec", "import", "--run", "no-such-program-here"], "no-such-program-here"),
        (&["spec", "import", "--run", "x", "help.txt"], "cannot be used with"),
    ] {
        let run = tree.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
        assert!(run.err.contains(said), "{arguments:?}: {run:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_program_is_asked_command_by_command() {
    use std::os::unix::fs::PermissionsExt;
    let tree = Tree::new(&[(
        "tool",
        "#!/bin/sh\ncase \"$*\" in\n\
         '--help') printf 'Usage: tool <COMMAND>\\n\\nCommands:\\n  serve  A\\n  stuck  B\\n  odd  C\\n';;\n\
         'serve --help') printf 'Usage: tool serve [OPTIONS]\\n\\nOptions:\\n  --port <PORT>  P\\n' >&2;;\n\
         'stuck --help') exec sleep 100000;;\n\
         *) printf 'Usage: tool <COMMAND>\\n\\nCommands:\\n  serve  A\\n  stuck  B\\n  odd  C\\n';;\n\
         esac\n",
    )]);
    let path = tree.root().join("tool");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    // A command that never answers is left.
    let run = tree.run(&["spec", "import", "--run", "./tool"]);
    assert_eq!(run.code, 0, "{run:?}");
    let spec = json(&run.out);
    assert_eq!(spec["tool"], "tool");
    let commands = spec["root"]["commands"].as_array().unwrap();
    assert_eq!(commands[0]["flags"][0]["long"], "--port");
    assert_eq!(commands[1]["allowUnknownFlags"], true, "nothing is known of it");
    assert_eq!(commands[2]["allowUnknownFlags"], true, "it printed the help of the whole");
}

#[test]
fn rules_and_their_severities_here() {
    let tree = Tree::new(&[(
        "docgen.toml",
        "[check.rules]\nundocumented-command = \"note\"\nbroken-link = \"off\"\n",
    )]);
    let run = tree.run(&["rules", "--format", "json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let rules = json(&run.out);
    let rule = |name: &str| {
        let all = rules.as_array().unwrap().iter();
        all.clone().find(|rule| rule["name"] == name).unwrap_or_else(|| panic!("no {name}"))
    };
    assert_eq!(rule("undocumented-command")["severity"], "note");
    assert_eq!(rule("undocumented-command")["default"], "off");
    assert_eq!(rule("broken-link")["severity"], "off");
    assert_eq!(rule("code-label")["fix"], true);
    assert_eq!(rule("code-syntax")["page"], "/manual/rules/code-syntax/");
    assert!(rule("broken-link")["summary"].as_str().unwrap().starts_with("Finds "));
    let text = tree.run(&["rules"]).out;
    assert_eq!(text.lines().count(), rules.as_array().unwrap().len(), "{text}");
    tree.write("docgen.toml", "[check.rules]\nbroken-lnk = \"off\"\n");
    let run = tree.run(&["rules"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("docgen.toml:2:1") && run.err.contains("`broken-link`"), "{run:?}");
}

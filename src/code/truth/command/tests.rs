//! One small tool in both formats, and the faults found in calls of it.

use super::*;
use crate::diagnostic::Severity;
use crate::lang::{Command, Word};
use crate::source::Span;

const JSON: &str = r#"{
  "tool": "claw", "version": "1", "missing": ["any plugin", "voice (@claw/voice)", "qa"],
  "root": { "name": "claw", "flags": [
      { "long": "--profile", "value": "required" },
      { "long": "--no-color", "value": "none", "negate": true } ],
    "commands": [
      { "name": "gateway", "flags": [
          { "long": "--port", "short": "-p", "value": "required" },
          { "long": "--force", "short": "-f", "global": false },
          { "long": "--daemon", "negate": true } ],
        "commands": [
          { "name": "run", "flags": [{ "long": "--only-run" }] },
          { "name": "status", "flags": [{ "long": "--json" }] } ] },
      { "name": "message", "commands": [
          { "name": "send", "flags": [
              { "long": "--to", "value": "required", "variadic": true },
              { "long": "--kind", "short": "-k", "value": "required",
                "choices": ["text", "image"] },
              { "long": "--mode", "value": "optional" } ] } ] },
      { "name": "migrate", "args": [{ "name": "provider" }], "commands": [{ "name": "list" }] },
      { "name": "shell", "args": [{ "name": "what", "choices": ["bash", "zsh"] }] },
      { "name": "ask", "args": [{ "name": "text", "variadic": true }] },
      { "name": "proxy", "allowUnknownFlags": true, "allowExtraArguments": true },
      { "name": "cron", "aliases": ["automations"], "commands": [{ "name": "rm" }] },
      { "name": "secret", "hidden": true }
    ] } }"#;

const KDL: &str = r##"
bin "claw"
version "1"
unknown_flags "error"
flag "--profile <name>" global=#true
flag "--color" negate="--no-color"
cmd "gateway" {
  flag "-p --port <port>"
  flag "-f --force"
  flag "--mode <mode>" { choices "a" "b" }
  cmd "run" { flag "--only-run"; }
  cmd "status" { alias "st"; flag "--json [fields]"; }
}
cmd "ask" { arg "[text]..." ; }
"##;

/// Splits at blanks; `~` in front marks a word that is not literal.
fn command(line: &str) -> Command {
    let mut at = 0;
    let mut words = Vec::new();
    for raw in line.split(' ') {
        let literal = !raw.contains(['<', '$', '[']);
        words.push(Word { text: raw.into(), span: Span::new(at, at + raw.len()), literal });
        at += raw.len() + 1;
    }
    Command { words }
}

fn said(spec: &CommandSpec, line: &str) -> Vec<String> {
    let runners: Vec<Vec<String>> = [
        vec!["node", "/app/claw.mjs"],
        vec!["docker", "compose", "run", "claw-cli"],
        vec!["docker", "compose", "run", "claw-gateway", "dist/index.js"],
    ]
    .map(|runner| runner.into_iter().map(str::to_owned).collect())
    .into();
    let faults = spec.check(&command(line), &runners);
    let line = |it: &CommandFault| {
        let help = it.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
        let plugin = match it.severity {
            Some(Severity::Note) => " | plugin?",
            Some(_) => " | a command?",
            None => "",
        };
        format!("{} | {}{help}{plugin}", &line[it.span.start..it.span.end], it.message)
    };
    faults.iter().map(line).collect()
}

#[test]
fn calls_that_are_right_or_leave_too_much_open() {
    let spec = CommandSpec::load(JSON, true).unwrap();
    for line in [
        "claw",
        "other gateway --host x",
        "echo claw nonsense",
        "claw --help",
        "claw --version",
        "claw gateway -h",
        "claw help nonsense",
        "claw --profile dev gateway run --only-run",
        "claw gateway --profile dev --no-color",
        "claw gateway --port 80 run",
        "claw gateway run --port 80",
        "claw gateway --port=80 status --json",
        "claw gateway --port $PORT",
        "claw gateway --port=$PORT",
        "claw gateway -fp 80",
        "claw gateway -p80 run",
        "claw gateway --no-daemon",
        "claw gateway [--port <port>] [--force] [run]",
        "claw gateway [options]",
        "claw <command> --anything",
        "claw gateway run|status --json",
        "claw gateway [--port <n>|--nonsense] ...",
        "claw $CMD --anything",
        "claw gateway -- --anything",
        "claw message send --to a b c --mode",
        "claw message send --mode fast",
        "claw migrate hermes",
        "claw migrate list",
        "claw ask what is this",
        "claw proxy --any thing --else",
        "claw automations rm 5",
        "claw secret",
        "claw ask -5",
        "claw …",
        "claw gateway … --json",
        "claw message send --to --what is",
        "claw gateway -p -y",
        "claw gateway --port --force",
        "npm install claw --nonsense",
        "docker exec claw ls --nonsense",
        "docker compose logs claw --nonsense",
        "docker compose run --entrypoint node claw-cli dist/index.js nonsense",
        "sudo",
        "",
        "claw voice --anything",
        "claw qa run",
        "/claw nonsense",
        "claw message send --kind text --to=x",
        "claw message send --kind=Image -k text -ktext",
        "claw message send --kind <kind> -k $KIND",
        "claw message send --kind=text|image",
        "claw message send --kind KIND",
        "claw message send [--kind text]",
        "claw message send --kind= --to x",
        "claw message send --kind text,image",
        "claw shell bash",
        "claw shell <shell>",
        "xargs -n 1 claw message send --to",
        "uv run other claw zap",
        "poetry add claw zap",
        "python -m other claw zap",
    ] {
        assert_eq!(said(&spec, line), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn calls_that_the_tool_would_refuse() {
    let spec = CommandSpec::load(JSON, true).unwrap();
    for (line, expected) in [
        ("claw gateway --host 0.0.0.0", "--host | unknown flag `--host` of `claw gateway`"),
        ("claw gateway --host=x run", "--host | unknown flag `--host` of `claw gateway`"),
        ("claw gateway --host=$X", "--host | unknown flag `--host` of `claw gateway`"),
        ("claw gateway [--host <x>]", "--host | unknown flag `--host` of `claw gateway`"),
        (
            "claw gateway --prot 80",
            "--prot | unknown flag `--prot` of `claw gateway` | a flag with a similar name exists: \
             `--port`",
        ),
        (
            "claw gateway --json",
            "--json | unknown flag `--json` of `claw gateway` | `claw gateway status` has this flag",
        ),
        ("claw gateway run --force", "--force | unknown flag `--force` of `claw gateway run`"),
        ("claw gateway -x", "-x | unknown flag `-x` of `claw gateway`"),
        ("claw gateway --no-force", "--no-force | unknown flag `--no-force` of `claw gateway`"),
        (
            "claw gateway stauts",
            "stauts | unknown command `stauts` of `claw gateway` | a command with a similar name \
             exists: `status`",
        ),
        ("claw service start", "service | unknown command `service` of `claw` | plugin?"),
        (
            "claw --gateway",
            "--gateway | unknown flag `--gateway` of `claw` | a command has this name: \
             `claw gateway` | a command?",
        ),
        ("claw ask --loud hello", "--loud | unknown flag `--loud` of `claw ask`"),
        (
            "claw gatewya",
            "gatewya | unknown command `gatewya` of `claw` | a command with a similar name exists: `gateway`",
        ),
        (
            "claw message send --kind imgae",
            "imgae | `imgae` is not a value of `--kind` of `claw message send` | a similar value exists: `image`",
        ),
        (
            "claw message send --kind=video --to x",
            "video | `video` is not a value of `--kind` of `claw message send` | it takes `text` or `image`",
        ),
        (
            "claw message send -k video",
            "video | `video` is not a value of `-k` of `claw message send` | it takes `text` or `image`",
        ),
        (
            "claw shell bas",
            "bas | `bas` is not a value of `what` of `claw shell` | a similar value exists: `bash`",
        ),
        ("claw gateway --port", "--port | `--port` of `claw gateway` needs a value"),
        (
            "claw message send -k",
            "-k | `-k` of `claw message send` needs a value | it takes `text` or `image`",
        ),
    ] {
        assert_eq!(said(&spec, line), [expected], "{line}");
    }
}

#[test]
fn the_tool_behind_other_programs() {
    let spec = CommandSpec::load(JSON, true).unwrap();
    for (line, expected) in [
        ("uvx claw@1.2 zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("uvx --from pkg claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("uv tool run claw==1 zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("pipx run claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("bunx claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("npx @me/claw@latest zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("watch -n 5 claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("timeout -k 5 30s claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("time claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("python3 -m claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("xargs -I {} claw zap {}", "zap | unknown command `zap` of `claw` | plugin?"),
        ("sudo -u me claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("/usr/bin/claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("env A=b claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("sudo env A=b nohup claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("npx -y claw@latest zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("pnpm dlx claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("node /app/claw.mjs zap", "zap | unknown command `zap` of `claw` | plugin?"),
        ("docker exec -it box claw zap", "zap | unknown command `zap` of `claw` | plugin?"),
        (
            "docker compose exec -e A=b <svc> claw zap",
            "zap | unknown command `zap` of `claw` | plugin?",
        ),
        (
            "docker compose -f a.yml run --rm -e A=b claw-cli zap",
            "zap | unknown command `zap` of `claw` | plugin?",
        ),
        (
            "docker compose run --entrypoint node claw-gateway dist/index.js zap",
            "zap | unknown command `zap` of `claw` | plugin?",
        ),
    ] {
        assert_eq!(said(&spec, line), [expected], "{line}");
    }
}

#[test]
fn an_unknown_flag_makes_the_word_behind_it_doubtful() {
    let spec = CommandSpec::load(JSON, true).unwrap();
    assert_eq!(said(&spec, "claw gateway --host lan").len(), 1);
    assert_eq!(said(&spec, "claw gateway --host lan --bogus").len(), 1);
    assert_eq!(said(&spec, "claw gateway --host run --bogus").len(), 2);
}

#[test]
fn usage_specifications_say_the_same() {
    let spec = CommandSpec::load(KDL, false).unwrap();
    assert_eq!(
        (spec.name.as_str(), spec.version.as_deref(), spec.open),
        ("claw", Some("1"), false)
    );
    let mode = spec.root.command("gateway").and_then(|gateway| gateway.long("--mode")).unwrap();
    assert_eq!(mode.choices, ["a", "b"]);
    for line in [
        "claw gateway -p 80 run --only-run --profile x --no-color --color",
        "claw gateway st --json",
        "claw gateway st --json=a",
        "claw ask a b c",
    ] {
        assert_eq!(said(&spec, line), Vec::<String>::new(), "{line}");
    }
    for (line, expected) in [
        ("claw gateway --host x", "--host | unknown flag `--host` of `claw gateway`"),
        ("claw service", "service | unknown command `service` of `claw`"),
    ] {
        assert_eq!(said(&spec, line), [expected], "{line}");
    }
}

#[test]
fn usage_specifications_in_all_their_forms() {
    let kdl = r##"
name "tool"
flagset "output" { use "more"; flag "-q --quiet"; flag "--json" }
flagset "more" { flag "--more <n>..." }
flag "--color[=<when>]"
flag "--when=<when>"
flag "--size [w] [h]" hide=#true
cmd "build" unknown_flags="value" {
  use "output"
  flag "--json <file>" { alias "-j" "--as-json"; arg "[file]" { choices { choice "a" help="x"; choice "b" } } }
  flag "--old" negate="--no-old" global=#true
  arg "<from>" default="x"
  arg "[to]" required=#true
  cmd "build" hide=#true { alias "b" "c"; external_subcommand #true }
}
cmd "build2" { mount run="x" }
cmd "build2" help="the later one" { arg "<a> <b>"; complete "a" run="x" }
"##;
    let spec = CommandSpec::load(kdl, false).unwrap();
    let flag = |command: &CommandNode, name: &str| command.long(name).expect(name).clone();
    let root = &spec.root;
    assert_eq!(flag(root, "--color").value, FlagValue::Optional);
    assert_eq!(flag(root, "--when").value, FlagValue::Required);
    let size = flag(root, "--size");
    assert_eq!((size.value, size.variadic, size.hidden), (FlagValue::Optional, true, true));
    let build = root.command("build").unwrap();
    let names: Vec<&str> =
        build.flags.iter().flat_map(|flag| flag.long.iter()).map(String::as_str).collect();
    assert_eq!(names, ["--more", "--quiet", "--json", "--as-json", "--old", "--no-old"]);
    let json = flag(build, "--json");
    assert_eq!(
        (json.short, json.value, json.choices),
        (vec!['j'], FlagValue::Optional, vec!["a".to_owned(), "b".to_owned()])
    );
    assert!(flag(build, "--more").variadic && flag(build, "--no-old").global);
    assert_eq!([build.args[0].required, build.args[1].required], [false, true]);
    let inner = build.command("c").unwrap();
    assert!(inner.hidden && inner.extra_arguments && inner.unknown_flags);
    let later = root.command("build2").unwrap();
    assert_eq!((root.commands.len(), later.extra_arguments), (2, false));
    assert!(later.args[0].required && later.args[0].variadic && later.unknown_flags);
    for (text, reason) in [
        ("bin \"a\"\nflagg \"--x\"", "`flagg`"),
        ("bin \"a\"\nflag \"x\"", "neither `-x` nor `--long`"),
        ("bin \"a\"\nflag", "has no text"),
        ("bin \"a\"\nunknown_flags \"maybe\"", "`maybe`"),
        ("bin \"a\"\nuse \"b\"", "no flagset `b`"),
        ("bin \"a\"\nflagset \"b\" { use \"b\" }", "uses itself"),
        ("bin \"a\"\n\nflag \"--x\" {", "line 3"),
    ] {
        let message = CommandSpec::load(text, false).expect_err(reason);
        assert!(message.contains(reason), "{reason}: {message}");
    }
}

#[test]
fn broken_specifications_are_refused_with_the_reason() {
    let deep_json = "[".repeat(100_000);
    let deep_kdl = "cmd \"a\" {\n".repeat(5000);
    let deep_comment = "/*".repeat(100_000);
    for (text, is_json, reason) in [
        ("", true, "not a command specification in JSON"),
        ("{}", true, "missing field `tool`"),
        (deep_json.as_str(), true, "not a command specification in JSON"),
        (r#"{"tool": "", "root": {"name": ""}}"#, true, "`tool` is empty"),
        (r#"{"tool": "a", "root": {"name": "a", "flags": [{}]}}"#, true, "neither `long` nor"),
        (
            r#"{"tool": "a", "root": {"name": "a", "flags": [{"long": "x"}]}}"#,
            true,
            "lacks the dashes",
        ),
        (
            r#"{"tool": "a", "root": {"name": "a", "flags": [{"short": "-xy"}]}}"#,
            true,
            "not one letter",
        ),
        ("cmd {{", false, "not a usage specification"),
        ("cmd \"a\"", false, "without `bin` and `name`"),
        ("bin \"a\"\ninclude file=\"/etc/hostname\"", false, "with `include`"),
        ("bin \"a\"\ncmd \"b\" {\n include file=\"x.kdl\"\n}", false, "with `include`"),
        (deep_kdl.as_str(), false, "nested deeper"),
        (deep_comment.as_str(), false, "nested deeper"),
    ] {
        let message = CommandSpec::load(text, is_json).expect_err(reason);
        assert!(message.contains(reason), "{reason}: {message}");
    }
}

#[test]
fn the_deepest_specifications_that_are_read_do_not_hurt() {
    let kdl = format!("bin \"a\"\n{}{}", "cmd \"a\" {\n".repeat(16), "}\n".repeat(16));
    let spec = CommandSpec::load(&kdl, false).expect("16 levels");
    assert_eq!(said(&spec, &"a ".repeat(200)), Vec::<String>::new());
    // Braces and marks of comments in texts do not nest.
    let texts = "flag \"--x\" help=\"a \\\" { src/*\" // {\nflag \"--y\" help=#\"\" { /*\"#\n";
    CommandSpec::load(&format!("bin \"a\"\n{}", texts.repeat(50)), false).expect("texts");
}

proptest::proptest! {
    #[test]
    fn no_line_makes_it_panic(line in "(claw |gateway |docker |run |npx |sudo |-|--|[a-z<>\\[\\]|=@.…é]{1,4}| ){0,12}") {
        let spec = CommandSpec::load(JSON, true).unwrap();
        let text = format!("claw {line}");
        said(&spec, &text);
        said(&spec, &line);
    }
}

//! Schemas and specifications that are broken or hostile: a message or a finding, bounded work, and
//! never an abort, never the network.

use crate::common::{Run, Tree, cost};

const BINDINGS: &str = "[[schema]]\nfile = \"s.json\"\nname = \"s\"\nwhen = \"always\"\n\
                        [[command]]\nname = \"tool\"\nspec = \"tool.json\"\n";
const SPEC: &str = r#"{"tool": "tool", "root": {"name": "tool", "commands": [{"name": "serve"}]}}"#;

fn tree(schema: &str, spec: &str, page: &str) -> Tree {
    Tree::new(&[
        ("docgen.toml", BINDINGS),
        ("s.json", schema),
        ("tool.json", spec),
        ("content/index.md", &format!("# Home\n\n{page}")),
    ])
}

fn check(tree: &Tree, what: &str) -> Run {
    let run = cost::measured(&tree.root(), &["check", "--format", "json"]);
    run.unwrap_or_else(|why| panic!("{what}: {why}")).0
}

/// Checks a page and half of it against a schema.
fn check_both(schema: &str, whole: &str, half: &str, codes: std::ops::Range<i32>) {
    let even = cost::even(whole, half, |page| {
        let tree = tree(schema, SPEC, page);
        let (run, spent) = cost::measured(&tree.root(), &["check", "--format", "json"])?;
        assert!(page.is_empty() || codes.contains(&run.code), "{page:.60}: {run:?}");
        Ok::<_, String>(spent)
    });
    even.unwrap_or_else(|why| panic!("{schema:.60} {whole:.60}: {why}"));
}

#[test]
fn broken_files_are_named() {
    let deep = format!("{{\"not\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let remote = r#"{"$ref": "https://example.com/schema.json"}"#;
    let cycle = r##"{"$ref": "#/a", "a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}"##;
    for (schema, spec, file) in [
        ("{", SPEC, "s.json"),
        ("[]", SPEC, "s.json"),
        (deep.as_str(), SPEC, "s.json"),
        (remote, SPEC, "s.json"),
        (cycle, SPEC, "s.json"),
        (r#"{"type": 5}"#, SPEC, "s.json"),
        ("{}", "{", "tool.json"),
        ("{}", deep.as_str(), "tool.json"),
        ("{}", r#"{"tool": "other", "root": {"name": "other"}}"#, "tool.json"),
        ("{}", r#"{"tool": "tool", "root": {"name": "tool", "flags": [{}]}}"#, "tool.json"),
    ] {
        let run = check(&tree(schema, spec, ""), file);
        assert_eq!(run.code, 2, "{schema:.60} {spec:.60}");
        assert!(run.err.contains(file), "{schema:.60} {spec:.60}: {run:?}");
    }
}

#[test]
fn patterns_that_explode() {
    let page = |times: usize| {
        let text = "a".repeat(times) + "!";
        format!("```json\n{{\"a\": \"{text}\", \"{text}\": 1}}\n```\n")
    };
    for pattern in [
        "^(a+)+$",
        "^(a|aa)+$",
        "^(?=(a+)+b)(a|a)*$",
        r"^(a*)*\1$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(x+x+)+y",
        "((((a{1,100}){1,100}){1,100}){1,100}){1,100}",
    ] {
        let schema = serde_json::json!({
            "properties": { "a": { "pattern": pattern } },
            "patternProperties": { pattern: { "type": "string" } },
        });
        check_both(&schema.to_string(), &page(50_000), &page(25_000), 0..2);
    }
}

#[test]
fn what_takes_too_long_is_not_checked() {
    let heavy = (0..2_000).map(|n| format!(r#"{{"pattern": "a{{500}}\\p{{L}}{{500}}{n}"}}"#));
    let patterns = format!(r#"{{"anyOf": [{}]}}"#, heavy.collect::<Vec<_>>().join(", "));
    let next = |at: usize| format!(r##"{{"$ref": "#/$defs/d{}"}}"##, at + 1);
    let twice = (0..40).map(|at| format!(r#""d{at}": {{"anyOf": [{0}, {0}]}},"#, next(at)));
    let twice: String = twice.collect();
    let multiplying =
        format!(r##"{{"$ref": "#/$defs/d0", "$defs": {{{twice} "d40": {{"type": "string"}}}}}}"##);
    let page = format!("```json\n\"{}\"\n```\n", "a".repeat(600));
    for (schema, checked, not_checked) in [(patterns, 0, 1), (multiplying, 1, 0)] {
        let run = check(&tree(&schema, SPEC, &page), "a schema");
        assert_eq!(run.code, 0, "{run:?}");
        let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let coverage = &report["coverage"];
        assert_eq!(coverage["config_blocks"], checked, "{coverage}");
        let reasons = coverage["config_blocks_not_checked"].as_object().unwrap();
        let blocks: u64 = reasons.values().filter_map(serde_json::Value::as_u64).sum();
        assert_eq!(blocks, not_checked, "{coverage}");
    }
}

#[test]
fn deep_and_wide_examples() {
    let recursive = r##"{"anyOf": [
        {"properties": {"n": {"$ref": "#"}}, "required": ["a"]},
        {"properties": {"n": {"$ref": "#"}}, "required": ["b"]},
        {"items": {"$ref": "#"}, "type": "array"}]}"##;
    let deep = |open: &str, close: &str, times: usize| {
        format!("```json\n{}1{}\n```\n", open.repeat(times), close.repeat(times))
    };
    let keys = |times: usize| {
        let keys: String = (0..times).map(|n| format!("\"k{n}\": {n},\n")).collect();
        format!("```json\n{{{keys}\"z\": 1}}\n```\n")
    };
    let pages = |part: usize| {
        [
            deep("{\"n\":", "}", 5_000 / part),
            deep("[", "]", 100_000 / part),
            deep("{\"n\":", "}", 100 / part),
            deep("[", "]", 100 / part),
            keys(20_000 / part),
            format!("```json\n[{}1]\n```\n", "{},".repeat(20_000 / part)),
            format!("```json schema=s#{}\n{{}}\n```\n", "/n".repeat(10 / part)),
            format!("```json schema=s#{}\n{{}}\n```\n", "/n".repeat(5_000 / part)),
        ]
    };
    for (whole, half) in pages(1).iter().zip(&pages(2)) {
        check_both(recursive, whole, half, 0..2);
    }
    let closed = r#"{"additionalProperties": false, "properties": {"a": {}}}"#;
    check_both(closed, &keys(20_000), &keys(10_000), 1..2);
}

#[test]
fn schemas_in_which_parts_are_many() {
    // Each property leads to all others: nobody could walk all the ways.
    let properties: String =
        (0..60).map(|n| format!("\"k{n}\": {{\"$ref\": \"#/definitions/all\"}},")).collect();
    let schema = format!(
        r##"{{"properties": {{"all": {{"$ref": "#/definitions/all"}}}}, "definitions": {{"all":
            {{"type": "object", "properties": {{{properties} "z": {{}}}}}}}}}}"##
    );
    let tree = tree(&schema, SPEC, "```json\n{\"k1\": {}, \"k2\": {}}\n```\n");
    tree.write("docgen.toml", BINDINGS.replace("when = \"always\"\n", ""));
    assert_eq!(check(&tree, "parts").code, 0);
}

#[test]
fn commands_that_are_long_or_strange() {
    let lines = |part: usize| {
        let many = |word: &str, times: usize| word.repeat(times / part);
        [
            format!("tool {}", many("serve ", 30_000)),
            format!("tool {}", many("--flag ", 20_000)),
            many("sudo ", 30_000) + "tool x",
            many("env A=1 ", 20_000) + "tool x",
            many("tool zerve | ", 5_000) + "tool",
            many("xargs ", 30_000) + "tool",
            format!("tool {}", many("é…", 20_000)),
            format!("tool {}", many("[", 20_000)),
            format!("tool -{}", many("a", 100_000)),
        ]
    };
    for (whole, half) in lines(1).iter().zip(&lines(2)) {
        for (before, behind) in [("```bash\n", "\n```\n"), ("`", "`\n")] {
            let page = |line: &str| format!("{before}{line}{behind}");
            check_both("{}", &page(whole), &page(half), 0..2);
        }
    }
    let spans = |times| "Run `tool zerve`, not removed. ".repeat(times);
    check_both("{}", &spans(2_000), &spans(1_000), 1..2);
    let rows = |times| {
        let rows = "| `tool zerve` | `tool zerve` |\n".repeat(times);
        format!("| a | b |\n| - | - |\n{rows}")
    };
    check_both("{}", &rows(1_000), &rows(500), 1..2);
}

#[test]
fn mentions_in_a_large_site() {
    let tree = tree("{}", SPEC, &"tool serve tool ".repeat(50_000));
    let rules = "[check.rules]\nundocumented-command = \"warning\"\n";
    tree.write("docgen.toml", format!("{rules}{BINDINGS}"));
    assert_eq!(check(&tree, "mentions").code, 0);
}

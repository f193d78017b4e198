//! The formats that other tools read, held against their own schemas and rules.

use crate::common::{Run, Tree, cost, rendering, schema_errors};
use docgen::project::{Inputs, Model};
use docgen::report::{Report, text};
use docgen::source::VPath;
use serde_json::Value;

const SARIF: &str = include_str!("../schemas/sarif-2.1.0.json");

/// Findings of many kinds, in files of many kinds.
fn tree() -> Tree {
    let tree = Tree::new(&[
        ("docs/docgen.toml", "[[nav]]\ntitle = \"a\"\npages = [\"index\", \"gone\"]\n"),
        (
            "docs/content/index.md",
            "# Home\n\n[x](indx.md), [y](#nowhere): 100 %, a|b [z][r]\n\n[r]: lost.md\n",
        ),
        (
            "docs/content/ä b/c.md",
            "# C\r\n\r\n```json\r\n{“ä”: 1,\r\n \"b\" 2}\r\n```\r\n\r\n# C\r\n",
        ),
        ("docs/content/twice.md", "# Twice\n\n[a](gone.md)\n\n[b](gone.md)\n"),
        ("docs/content/cut.md", "# Cut\n\n```bash\nls\n"),
    ]);
    std::fs::create_dir_all(tree.root().join(".git")).unwrap();
    tree
}

fn check(tree: &Tree, format: &str) -> Run {
    let run = tree.run(&["check", "docs", "--notes", "--format", format]);
    assert_eq!(run.code, 1, "{run:?}");
    run
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The findings of the JSON report.
fn findings(tree: &Tree) -> Vec<Value> {
    json(&check(tree, "json").out)["diagnostics"].as_array().unwrap().clone()
}

#[test]
fn sarif_is_valid() {
    let tree = tree();
    let log = json(&check(&tree, "sarif").out);
    assert_eq!(schema_errors(SARIF, &log.to_string()), Vec::<String>::new());
    assert_ne!(schema_errors(SARIF, r#"{"version": "2.1.0", "runs": [{}]}"#), Vec::<String>::new());

    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let expected = findings(&tree);
    assert_eq!(results.len(), expected.len());
    let mut fixes = 0;
    for (result, finding) in results.iter().zip(&expected) {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(result["ruleId"], finding["rule"]);
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let decoded = percent_encoding::percent_decode_str(uri).decode_utf8().unwrap();
        assert_eq!(decoded, format!("docs/{}", finding["path"].as_str().unwrap()));
        assert!(uri.is_ascii() && !uri.contains(' '), "{uri}");
        assert_eq!(place["region"]["startLine"], finding["start"]["line"]);
        assert_eq!(place["region"]["startColumn"], finding["start"]["column"]);
        fixes += usize::from(result["fixes"].is_array());
        assert_eq!(result["fixes"].is_array(), finding["fix"].is_object());
    }
    assert!(fixes > 1, "{fixes} fixes");
    assert!(results.iter().any(|result| result["relatedLocations"].is_array()));
}

#[test]
fn github_annotations_are_in_their_place() {
    let tree = tree();
    let run = check(&tree, "github");
    let expected = findings(&tree);
    assert_eq!(run.out.lines().count(), expected.len());
    let decode = |text: &str| {
        text.replace("%2C", ",")
            .replace("%3A", ":")
            .replace("%0A", "\n")
            .replace("%0D", "\r")
            .replace("%25", "%")
    };
    for (line, finding) in run.out.lines().zip(&expected) {
        let (head, message) = line[2..].split_once("::").unwrap();
        let (command, properties) = head.split_once(' ').unwrap();
        let severity = match command {
            "notice" => "note",
            other => other,
        };
        assert_eq!(severity, finding["severity"]);
        let property = |name: &str| {
            let parts = properties.split(',').filter_map(|part| part.split_once('='));
            parts.into_iter().find(|(key, _)| *key == name).map(|(_, value)| decode(value))
        };
        assert_eq!(
            property("file").unwrap(),
            format!("docs/{}", finding["path"].as_str().unwrap())
        );
        assert_eq!(property("line").unwrap(), finding["start"]["line"].to_string());
        if finding["start"]["line"] == finding["end"]["line"] {
            assert_eq!(property("col").unwrap(), finding["start"]["column"].to_string());
        }
        assert!(decode(message).starts_with(finding["message"].as_str().unwrap()), "{line}");
    }
}

#[test]
fn gitlab_takes_the_report() {
    let tree = tree();
    let issues = json(&check(&tree, "gitlab").out);
    let issues = issues.as_array().unwrap();
    let expected = findings(&tree);
    assert_eq!(issues.len(), expected.len());
    let mut prints = std::collections::BTreeSet::new();
    for (issue, finding) in issues.iter().zip(&expected) {
        for key in ["description", "check_name", "fingerprint", "severity"] {
            assert!(issue[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {issue}");
        }
        let severity = issue["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert_eq!(issue["location"]["lines"]["begin"], finding["start"]["line"]);
        let path = issue["location"]["path"].as_str().unwrap();
        assert_eq!(path, format!("docs/{}", finding["path"].as_str().unwrap()));
        assert!(prints.insert(issue["fingerprint"].as_str().unwrap()), "twice: {issue}");
    }
}

#[test]
fn junit_is_xml_of_its_form() {
    let tree = tree();
    let run = check(&tree, "junit");
    let document =
        roxmltree::Document::parse(&run.out).unwrap_or_else(|e| panic!("{e}: {}", run.out));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let count = |node: &roxmltree::Node<'_, '_>, name: &str| -> usize {
        node.attribute(name).unwrap().parse().unwrap()
    };
    let (mut tests, mut failures) = (0, 0);
    for suite in root.children().filter(roxmltree::Node::is_element) {
        assert_eq!(suite.tag_name().name(), "testsuite");
        let cases: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        assert_eq!(cases.len(), count(&suite, "tests"));
        let failed = cases.iter().filter(|case| case.children().any(|c| c.has_tag_name("failure")));
        assert_eq!(failed.clone().count(), count(&suite, "failures"));
        for case in &cases {
            assert!(case.attribute("name").is_some() && case.attribute("classname").is_some());
        }
        tests += cases.len();
        failures += failed.count();
    }
    assert_eq!((tests, failures), (count(&root, "tests"), count(&root, "failures")));
    assert_eq!(failures, findings(&tree).len());
}

#[test]
fn lines_for_programs_and_for_people() {
    let tree = tree();
    let expected = findings(&tree);
    let lines: Vec<Value> = check(&tree, "jsonl").out.lines().map(json).collect();
    assert_eq!(lines, expected);
    let concise = check(&tree, "concise").out;
    assert_eq!(concise.lines().count(), expected.len());
    assert!(
        concise.contains("content/index.md:3:5: error[broken-link]: no page at `indx.md`\n"),
        "{concise}"
    );
    let markdown = check(&tree, "markdown").out;
    let rows: Vec<&str> = markdown.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    assert_eq!(rows.len() + 2, markdown.lines().filter(|line| line.starts_with('|')).count());
    assert_eq!(rows.len() + 1, expected.len() + 1, "{markdown}");
    for row in rows {
        let bars = row.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 5, "{row}");
    }
}

#[test]
fn several_at_once_each_to_its_file() {
    let tree = tree();
    let run = tree.run(&[
        "check",
        "docs",
        "--format",
        "sarif=out.sarif",
        "--format",
        "junit=out.xml",
        "--format",
        "concise",
    ]);
    assert!(run.out.contains("error[broken-link]") && !run.out.contains("sarif"), "{run:?}");
    assert!(tree.read("out.sarif").starts_with('{') && tree.read("out.xml").starts_with("<?xml"));
    let run = tree.run(&["check", "docs", "--format", "json=out.json"]);
    assert!(run.out.contains("checked 4 pages"), "text is shown all the same: {run:?}");
    json(&tree.read("out.json"));
    for (arguments, expected) in [
        (&["--format", "nonsense"][..], "the formats are text"),
        (&["--format", "json", "--format", "sarif"], "cannot share"),
        (&["--format", "json="], "has no file name"),
        (&["--format", "json=no/such/folder.json"], "folder.json"),
    ] {
        let run = tree.run(&[&["check", "docs"], arguments].concat());
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains(expected), "{run:?}");
    }
}

/// Of a page, only the lines around a finding are drawn: the page as a whole would make the cost of
/// the text the square of its size.
#[test]
fn ten_thousand_findings_cost_twice_what_half_of_them_cost() {
    let line = "some [link](gone.md) in a line of a usual length, with a few more words\n";
    let even = cost::even(&line.repeat(10_000), &line.repeat(5_000), |page| {
        let files = [("docgen.toml", ""), ("content/a.md", page)];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let site = Model::new(Inputs::from_texts(files.to_vec()).unwrap()).unwrap();
        let (diagnostics, coverage) = rendering::check(&site);
        let sources = |path: &VPath| site.source(path);
        let report = Report { diagnostics, coverage, sources: &sources };
        let mut out = Vec::new();
        let (done, spent) =
            cost::of_thread(|| text::write(&report, &text::Options::default(), &mut out));
        done.unwrap();
        let (out, lines) = (String::from_utf8(out).unwrap(), page.lines().count());
        assert_eq!(out.matches("no page at `gone.md`").count(), lines);
        assert!(lines == 0 || out.contains(&format!("--> content/a.md:{lines}:13\n")), "the last");
        Ok::<_, String>(spent)
    });
    even.unwrap();
}

use super::*;

/// A diagram of each kind that is drawn.
const EACH: [&str; 10] = [
    "flowchart LR\n  a[One] -->|then| b{Two?}\n",
    "sequenceDiagram\n  Alice->>Bob: Hello\n",
    "stateDiagram-v2\n  [*] --> Still\n",
    "classDiagram\n  Animal <|-- Duck\n",
    "erDiagram\n  A ||--o{ B : has\n",
    "gantt\n  dateFormat YYYY-MM-DD\n  section S\n  T :a1, 2024-01-01, 3d\n",
    "pie\n  \"Dogs\" : 3\n  \"Cats\" : 1\n",
    "gitGraph\n  commit\n  branch b\n  commit\n",
    "journey\n  title Day\n  section Go\n  Walk: 5: Me\n",
    "timeline\n  2002 : LinkedIn\n",
];

#[test]
fn each_kind_is_drawn_for_both_grounds_and_always_alike() {
    let mut kinds = Vec::new();
    for source in EACH {
        let light = drawn(source, Ground::Light).unwrap_or_else(|| panic!("{source}"));
        let dark = drawn(source, Ground::Dark).unwrap_or_else(|| panic!("{source}"));
        assert_eq!(Some(&light), drawn(source, Ground::Light).as_ref(), "{source}");
        assert_eq!(light.size, dark.size, "{source}");
        assert_ne!(light.svg, dark.svg, "{source}");
        assert!(!light.svg.contains("foreignObject"), "{source}");
        kinds.push(light.kind);
    }
    let expected = [
        "flowchart",
        "sequence diagram",
        "state diagram",
        "class diagram",
        "entity relationship diagram",
        "Gantt chart",
        "pie chart",
        "Git graph",
        "user journey",
        "timeline",
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_title_of_its_own_is_its_name() {
    let source = "flowchart LR\n  accTitle: The way in\n  accDescr: From a to b.\n  a --> b\n";
    let drawing = drawn(source, Ground::Light).unwrap();
    assert_eq!(drawing.title.as_deref(), Some("The way in. From a to b."));
}

#[test]
fn labels_have_room() {
    let wide = drawn("flowchart LR\n  a[MMMMMMMMMMMM]\n", Ground::Light).unwrap();
    let narrow = drawn("flowchart LR\n  a[iiiiiiiiiiii]\n", Ground::Light).unwrap();
    // Twelve letters of 0.833 em, and the space around them; a box has a smallest width.
    assert!(wide.size.0 >= 160 + 60 && wide.size.0 > narrow.size.0, "{wide:?} {narrow:?}");
}

#[test]
fn nothing_in_a_label_runs() {
    let source = "flowchart LR\n  a[\"<script>x()</script><img src=x onerror=x()>\"] --> b\n  \
                  click b href \"javascript:x()\"\n  click a call x()\n";
    let svg = drawn(source, Ground::Light).map_or(String::new(), |drawing| drawing.svg);
    for active in ["<script", "onerror=", "javascript:", "<img"] {
        assert!(!svg.contains(active), "{active}: {svg}");
    }
}

#[test]
fn what_is_no_diagram_is_not_drawn() {
    for source in ["", "a --> b\n", "flowchart LR\n  a --\n", "mindmap\n  a\n", "%%{init: {\n"] {
        assert_eq!(drawn(source, Ground::Light), None, "{source}");
    }
}

#[test]
fn hostile_diagrams_are_refused() {
    let many = |line: fn(usize) -> String, count| (0..count).map(line).collect::<String>();
    let edge = |at| format!("n{at} --> n{}\n", at * 7919 % 10_000);
    let sources = [
        format!("flowchart TD\n{}", many(edge, 10_000)),
        format!("flowchart TD\n{}", many(edge, 3000)),
        format!("stateDiagram-v2\n{}", many(edge, 3000)),
        format!("classDiagram\n{}", many(|at| format!("A{at} <|-- A0\n"), 3000)),
        format!("erDiagram\n{}", many(|at| format!("A{at} ||--o{{ A0 : x\n"), 2000)),
        format!("sequenceDiagram\n{}", many(|at| format!("a{at}->>b: hi\n"), 3000)),
        format!("gitGraph\n{}", many(|_| " commit\n".to_owned(), 3000)),
        format!(
            "flowchart TD\n{}{}",
            many(|at| format!("subgraph s{at}\n"), 900),
            "end\n".repeat(900)
        ),
        format!("flowchart TD\na{}", "[".repeat(60_000)),
        format!("%%{{init: {}1}}%%\nflowchart TD\na-->b\n", "{\"a\":".repeat(10_000)),
        format!("---\na: {}\n---\nflowchart TD\na-->b\n", "[".repeat(20_000)),
    ];
    // Its own limits stop them all, long before the clock would.
    for source in &sources {
        let head: String = source.chars().take(60).collect();
        assert_eq!(drawn(source, Ground::Light), None, "{head}");
    }
}

#[test]
fn more_than_anybody_reads_is_not_drawn() {
    let chain = |count: usize| {
        let edges: String = (0..count).map(|at| format!("n{at} --> n{}\n", at + 1)).collect();
        drawn(&format!("flowchart TD\n{edges}"), Ground::Light)
    };
    assert!(chain(100).is_some());
    assert!(chain(1000).is_none());
}

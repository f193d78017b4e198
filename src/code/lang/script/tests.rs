use super::*;
use crate::lang::Unchecked;
use crate::lang::shell::LANGUAGE;
use Verdict::*;

fn judge(text: &str) -> Judgement {
    LANGUAGE.judge(text)
}

#[test]
fn verdicts() {
    let cases = [
        ("ls -l | grep x && echo 'a b' > out", Valid),
        ("openclaw login <token> --flag <a|b> [options]", Valid),
        ("cp {{ value }} ${{ secrets.X }}", Valid),
        ("sort <in >out 2>&1", Valid),
        ("$ ls\nit's output (\n", Valid),
        ("cat <<EOF\nit's (\nEOF\n", Valid),
        ("echo 'a", Broken),
        ("if true; then\n  ls\n", Broken),
        ("ls | | grep x", Broken),
        ("openclaw –force", Broken),
        ("echo “a b”", Broken),
        ("ls\u{a0}-l", Broken),
    ];
    for (text, verdict) in cases {
        assert_eq!(judge(text).verdict, verdict, "{text}");
    }
    let deep = "( ".repeat(100_000);
    assert_eq!(judge(&deep).verdict, NotChecked(Unchecked::TooDeep));
}

#[test]
fn continued_lines_are_one_command() {
    let text = "a b \\\n  --c d \\\n\t--e\\\n  f\n";
    let Content::Shell(commands) = judge(text).content else { panic!("no commands") };
    let words: Vec<&str> = commands[0].words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words, ["a", "b", "--c", "d", "--e", "f"]);
    assert!(commands[0].words.iter().all(|word| !text[word.span.start..].starts_with([' ', '\t'])));
}

#[test]
fn words_keep_their_bytes() {
    let text = "A=1 ü \"b c\" <x> $D > f; (e $(g h))";
    let Content::Shell(commands) = judge(text).content else { panic!("no commands") };
    let shown: Vec<Vec<(&str, &str, bool)>> = commands
        .iter()
        .map(|command| {
            let words = command.words.iter();
            words.map(|w| (w.text.as_str(), &text[w.span.start..w.span.end], w.literal)).collect()
        })
        .collect();
    assert_eq!(
        shown,
        [
            vec![
                ("ü", "ü", true),
                ("b c", "\"b c\"", true),
                ("<x>", "<x>", false),
                ("$D", "$D", false)
            ],
            vec![("e", "e", true), ("$(g h)", "$(g h)", false)],
            vec![("g", "g", true), ("h", "h", true)],
        ]
    );
}

#[test]
fn faults_have_their_byte() {
    for (text, at) in [("ls | | grep x", 5), ("echo 'a", 5), ("ü; fi", 4)] {
        assert_eq!(judge(text).faults[0].span.start, at, "{text}");
    }
}

#[test]
fn nesting_has_a_limit_and_keeps_the_stack() {
    let cases = [
        ("(", "ls", ")"),
        ("( ", "ls", ")"),
        ("{ ", "ls;", " }"),
        ("$(", "ls", ")"),
        ("((", "1", "))"),
        ("$((", "1", "))"),
        ("if true; then ", "ls;", " fi;"),
        ("\"$(echo ", "x", ")\""),
        ("${a:-", "x", "}"),
        ("\"${a:-", "x", "}\""),
        ("[[ -n $(", "ls", ") ]]"),
        ("case x in y) ", "ls", ";; esac"),
        ("case x in a) ( ", "ls", ") ;; esac"),
        ("( #)\n", "ls", ")"),
        ("(($(", "ls", ") ) )"),
        ("a[$(", "x", ")]=1"),
        ("for x in $(", "ls", "); do ls; done"),
    ];
    for (open, middle, close) in cases {
        for times in [10, 1000, 20_000] {
            let whole = format!("{}{middle}{}", open.repeat(times), close.repeat(times));
            let verdict = judge(&whole).verdict;
            // Arithmetic counts its parentheses and does not recurse.
            let deep = !matches!(open, "(" | "((" | "$((");
            if times > 100 && deep {
                assert!(matches!(verdict, NotChecked(_)), "{open} {verdict:?}");
            }
            judge(&open.repeat(times));
        }
    }
    let condition = format!("[[ {}x{} ]]", "( ".repeat(1000), " )".repeat(1000));
    assert_eq!(judge(&condition).verdict, NotChecked(Unchecked::TooDeep));
    assert_eq!(judge(&format!("{}ls", "! ".repeat(10_000))).verdict, Valid);
}

#[test]
fn what_is_never_closed_is_named() {
    for (text, message) in [
        ("echo 'a", "this quote is never closed"),
        ("echo \"a", "this quote is never closed"),
        ("echo `a", "this quote is never closed"),
        ("cat <<EOF\na\n", "a here-document is never closed"),
        ("echo $(ls", "this `$(` is never closed"),
        ("echo ${a", "this `${` is never closed"),
        ("echo $((1", "this `$((` is never closed"),
        ("a=(b", "this `(` is never closed"),
    ] {
        assert_eq!(judge(text).faults[0].message, message, "{text}");
    }
}

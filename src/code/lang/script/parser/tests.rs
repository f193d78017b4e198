//! Scripts that `bash -n` accepts and scripts that it refuses, by construct.

use super::*;

fn takes(script: &str) -> bool {
    commands(script).is_ok()
}

#[test]
fn scripts_that_are_whole() {
    for script in [
        "",
        "# it's (\n",
        "a; b & c && d || e | f |& g\n",
        "a |\n\n b &&\n c\n",
        "! a; time -p b; time; !\n",
        "A=1 B+=2 c[1]=3 d=(x [2]=y \"z w\" # c\n) e f=g\n",
        "export a=(b c) d; declare -A m=([x y]=1)\n",
        "if a; then b; elif c; then d; else e; fi > f\n",
        "while a; do b; done; until a\ndo b\ndone < c\n",
        "for i in a b; do c; done; for i do c; done; for i; do c; done; for i\nin a\ndo c\ndone\n",
        "for ((i=0; i<3; i++)); do a; done; for ((;;)) { a; }; for ((;;)) do a; done\n",
        "select x in a b; do c; done\n",
        "case $x in (a|b) c;; d) ;; *) e ;& esac\n",
        "case x in esac; case x in in) a; esac; case x\nin\na) if b; then c; fi;; esac\n",
        "f() { a; }; function g { b; }; function h() (c); i() if a; then b; fi\n",
        "{ a; b; } 2>&1; (a; b) | c; ((1 + (2))); [[ -f a && ( b == c* || ! d =~ ^(x|y) ) ]]\n",
        "[[ a == @(b|c) && 1 -lt 2\n&& x < y ]]\n",
        "echo $(a $(b \"$(c)\")) `d` ${e:-\"${f}\"} $((1+$(g))) $[1] $'h\\'i' $\"j\" $$ <(k) >(l)\n",
        "echo $(case x in a) b;; esac) $(# )\n)\n",
        "a > b 2>&1 >&- <&3 {fd}> c >| d &> e &>> f <> g <<< h\n",
        "cat <<A <<-'B'; c\n$(\nA\n\t'\n\tB\nd\n",
        "cat <<A\nB\\\nA\nA\n",
        "a=$(cat <<A\nb\nA\n); a=$(cat <<A\nb\nA)\n",
        "a=$(cat <<A)\nb\nA\n",
        "coproc a; coproc { b; }; coproc n { c; }\n",
        "echo if then fi; a=if; echo a\\\nb; ec\\\nho\n",
        "((a) ) && ( (b) )\n",
        "echo ${a:-<<''\n}\n",
        "x=1; y=$((x<<2)); echo \"$((x << 1))\" $(( (1) ))\n",
    ] {
        assert!(takes(script), "{script}: {:?}", commands(script));
    }
}

#[test]
fn scripts_that_are_not() {
    for script in [
        "a ;; b\n",
        "| a\n",
        "a | | b\n",
        "a && \n",
        "&& a\n",
        "a & ; b\n",
        "; a\n",
        "a (b)\n",
        "a | ! b\n",
        "if a; fi\n",
        "if a; then fi\n",
        "then\n",
        "fi\n",
        "do a; done\n",
        "in\n",
        "for i in a; b; done\n",
        "for i { a; }\n",
        "for 1; 2; do\n",
        "for ((a; b)); do c; done\n",
        "while a; done\n",
        "case x in a b) c;; esac\n",
        "case x a) b;; esac\n",
        "case x in a) b\n",
        "f() a\n",
        "f( a ) { b; }\n",
        "function { a; }\n",
        "{ a }\n",
        "{ }\n",
        "()\n",
        "(a\n",
        "a)\n",
        "}\n",
        "[[ a b c ]]\n",
        "[[ ]]\n",
        "[[ a &&\n",
        "[[ -f ]]\n",
        "]]\n",
        "a >\n",
        "a > > b\n",
        "a >& & b\n",
        "echo 'a\n",
        "echo \"a\n",
        "echo `a\n",
        "echo $(a\n",
        "echo ${a\n",
        "echo $((1)\n",
        "((1)\n",
        "a=(b\n",
        "a=(b; c)\n",
        "a=(b (c))\n",
        "echo (a)\n",
        "!(a)b\n",
        "a=$(b | )\n",
        "echo \"$(if a)\"\n",
        "cat <<A\nb\n",
        "coproc\n",
        "time )\n",
        "A=1 ()\n",
    ] {
        assert!(!takes(script), "{script}");
    }
}

#[test]
fn commands_stand_in_the_order_in_which_they_begin() {
    let script = "A=$(b c) d $(e `f`) > $(g)\nh <(i) | for j in $(k); do l; done; case $(m) in *) n; esac\n[[ $(o) ]] && p() { q; }; (($(r) + 1)); s=($(t)) u";
    let shown: Vec<String> = commands(script)
        .unwrap()
        .iter()
        .map(|command| {
            let words: Vec<&str> =
                command.words.iter().map(|word| &script[word.start..word.end]).collect();
            words.join(" ")
        })
        .collect();
    let expected = [
        "d $(e `f`)",
        "b c",
        "e `f`",
        "g",
        "h <(i)",
        "i",
        "k",
        "l",
        "m",
        "n",
        "o",
        "q",
        "r",
        "u",
        "t",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn work_grows_with_the_length_alone() {
    // Each `((` is first read as arithmetic, with everything inside it.
    for part in ["(( $( ", "( ( $((", "((", "$(( $( (( ", "\"$(( ${a[$( "] {
        let script = part.repeat(MAX_NESTING / 4);
        let mut parser = Parser::new(&script);
        let _ = parser.script();
        assert!(parser.subshells.len() <= script.len());
    }
}

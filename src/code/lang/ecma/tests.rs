use super::Dialect::*;
use super::*;
use Verdict::*;

fn verdict(text: &str, dialect: Dialect) -> Verdict {
    let others: &[&str] = match dialect {
        JavaScript => &["ts", "tsx"],
        TypeScript => &["tsx"],
        Tsx => &[],
    };
    judge(text, dialect, others).verdict
}

#[test]
fn typescript() {
    let cases = [
        ("const a: number = 1\nexport default { a }\n", Valid),
        ("const a = 1\nconst a = 2\nawait a\nreturn a\n", Valid),
        ("export default 1\nexport default 2\n", Valid),
        ("function f(a: string): void\nfunction f(a: any): void {}\n", Valid),
        ("@Component({ a: 1 })\nexport class X { @Input() a?: string }\n", Valid),
        ("declare module 'x' { interface Y { z: 1 } }", Valid),
        ("type A<T> = T extends `${infer B}x` ? B : never", Valid),
        ("plugins: [a()],\nbuild: { b: 1 },\n", Fragment),
        ("name: string;\nf(a: number): void;\nreadonly [key: string]: unknown\n", Fragment),
        ("type: 'a' | 'b'\n", Valid),
        ("constructor(private readonly a: A) {}\n\nget b() { return 1 }\n", Fragment),
        ("'a' | 'b' | { c: number }[]\n", Fragment),
        ("{ a: 1, b: 2 }", Fragment),
        ("case 1:\n  break\n", Fragment),
        ("f({ a: 1, ... })\n", Elision),
        ("const a = [1, ..., 9]\n", Elision),
        ("const a = ...\nconst b = <your-key>;\n", Elision),
        ("function f() { ... }\n", Elision),
        ("export default {\n  a: 1,\n  …\n}\n", Elision),
        ("const a = { b: {{ c }} }", Elision),
        ("const a = /* yours */;\n", Elision),
        ("detect(a, b?) -> A[]\nrepair?(a) -> Promise<B>\n", Elision),
        ("import { a } from 'b'\n\nplugins: [a],\nc: 1\n", Several),
        ("const a = <div>{b}</div>\n", Mislabelled("tsx")),
        ("const a = {\n  b: 1\n  c: 2\n}\n", Broken),
        ("plugins: [a(],\n", Broken),
        ("f({ a: 1, ... )\n", Broken),
        ("detect(a, b? -> A[]\nrepair?(a) -> B\n", Broken),
        ("detect(a, b?) -> A[\n", Broken),
        ("function f(a) -> number {\n}\n", Broken),
        ("const f = (a) -> a\n", Broken),
        ("const a = 'b\n", Broken),
        ("const a = “b”\n", Broken),
        ("interface A { b: string\n", Broken),
        ("try\n  a()\n} catch (b) {\n}\n", Broken),
        ("function f() {\n  // ...\n", Broken),
    ];
    crate::lang::testing::verdicts(|text| verdict(text, TypeScript), cases);
}

#[test]
fn javascript() {
    let cases = [
        ("const a = <div b={{ c: 1 }}>{d}</div>\n", Valid),
        ("const f = (a) => ({ a })\n", Valid),
        ("<App />\n", Valid),
        ("<A />\n<B />\n", Fragment),
        ("const a: string = 'b'\n", Mislabelled("ts")),
        ("const a = { b: 1 c: 2 }\n", Broken),
        ("<div a={b}>\n", Elision),
        ("<div><b></div>\n", Broken),
    ];
    crate::lang::testing::verdicts(|text| verdict(text, JavaScript), cases);
}

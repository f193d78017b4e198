//! Text that was meant for a machine or came from one: marks of tools and models, answers to a
//! prompt, tags of templates.

use crate::diagnostic::{Finding, Severity};
use crate::markdown::outline::BlockKind;
use crate::rule::{Check, PageContext, Rule};
use crate::source::{Span, line_start};
use crate::text::{Prose, mentions, short};

/// The rule.
pub static RULE: Rule = Rule {
    name: "leaked-text",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/leaked-text.md"),
    check: Check::Page(check),
};

/// Marks that models and their tools put around their output. Nobody writes them in prose.
const MARKS: &[&str] = &[
    "</invoke>",
    "<invoke name=",
    "<function_calls>",
    "</function_calls>",
    "antml:",
    "<parameter name=\"",
    "<|im_start|>",
    "<|im_end|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "</antArtifact>",
    "</tool_call>",
];

/// Citations of text generators.
const CITATIONS: &[&str] = &[
    ":contentReference[oaicite:",
    "oai_citation:",
    "[oaicite:",
    "citeturn",
    "\u{e200}cite",
    "[cite_start]",
    "[cite: ",
];

/// Beginnings of answers to a prompt, in lower case.
const ANSWERS: &[&str] = &[
    "sure! here",
    "sure, here",
    "sure! i",
    "certainly! here",
    "of course! here",
    "here is the translat",
    "here's the translat",
    "here is the updated document",
    "here's the updated document",
    "here is the revised",
    "here's the revised",
    "here is your translat",
    "as an ai language model",
    "as an ai model",
    "i'm sorry, but i can",
    "i’m sorry, but i can",
    "以下是翻译",
    "以下是翻譯",
    "以下为翻译",
    "以下は翻訳",
    "翻訳結果",
    "aquí está la traducción",
    "aquí tienes la traducción",
    "voici la traduction",
    "hier ist die übersetzung",
    "вот перевод",
    "ecco la traduzione",
    "aqui está a tradução",
    "다음은 번역",
    "oto tłumaczenie",
    "هذه هي الترجمة",
    "إليك الترجمة",
    "işte çeviri",
    "berikut terjemahan",
    "berikut adalah terjemahan",
    "đây là bản dịch",
];

/// Folders that exist only on machines of build services.
const MACHINES: &[&str] = &[
    "/home/runner/work/",
    "/Users/runner/work/",
    "D:\\a\\",
    "C:\\Users\\runneradmin\\",
    "/codebuild/output/src",
    "/opt/atlassian/pipelines/agent/build/",
    "/home/vsts/work/",
];

/// The start of a citation: `【12†source】`.
const SOURCE: &str = "【";

const COOKIECUTTER: &str = "cookiecutter.";

const FILLER: &str = "Lorem ipsum dolor";

/// Most of the rule runs only on pages that contain one of these.
pub const PREFILTER_TEXTS: &[&[&str]] =
    &[MARKS, CITATIONS, MACHINES, &[SOURCE, COOKIECUTTER, FILLER]];

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let mut page = Page { context, prose: None };
    if context.may_match_prefilter {
        marks(&mut page, out);
        citations(&mut page, out);
        machines(&mut page, out);
        templates(&mut page, out);
    }
    addresses(context, out);
    sentinels(context, out);
    answer(context, out);
    last_line(context, out);
}

struct Page<'c> {
    context: &'c PageContext<'c>,
    prose: Option<Prose>,
}

impl Page<'_> {
    /// Whether the byte at an offset is outside of code, front matter and comments.
    fn is_shown(&mut self, at: usize) -> bool {
        let context = self.context;
        self.prose.get_or_insert_with(|| Prose::new(context)).covers(at)
    }
}

fn finding(context: &PageContext<'_>, span: Span, message: String) -> Finding {
    Finding::new(context.path(), span, message).help("remove it")
}

fn places<'t>(text: &'t str, needle: &'static str) -> impl Iterator<Item = (usize, Span)> + 't {
    let len = needle.len();
    memchr::memmem::find_iter(text.as_bytes(), needle.as_bytes())
        .map(move |at| (at, Span::new(at, at + len)))
}

fn marks(page: &mut Page<'_>, out: &mut Vec<Finding>) {
    let text = page.context.text();
    for mark in MARKS {
        for (at, span) in places(text, mark).take(20) {
            // A page about models shows such marks in code.
            if !(page.is_shown(at) || is_tag(page.context, span)) || is_in_code(page.context, mark)
            {
                continue;
            }
            let message = format!("`{mark}` is an artifact of a text generator");
            out.push(finding(page.context, span, message));
        }
    }
}

/// Whether a tag, or HTML between tags, begins at the span.
fn is_tag(context: &PageContext<'_>, span: Span) -> bool {
    use crate::markdown::outline::InlineKind::{Raw, Tag};
    let inlines = context.outline.inlines.iter();
    inlines
        .filter(|one| matches!(one.kind, Tag | Raw))
        .any(|one| one.span.contains(span) || one.span.start == span.start)
        && !context.text()[..span.start].ends_with('`')
}

/// Whether a mark is shown in code somewhere on the page.
fn is_in_code(context: &PageContext<'_>, mark: &str) -> bool {
    let text = context.text();
    let name = mark.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let name = name.split([' ', '=']).next().unwrap_or(name);
    context.facts().code.iter().any(|code| text[code.span.start..code.span.end].contains(name))
        || crate::text::code_spans(context).any(|code| code.text.contains(name))
}

fn citations(page: &mut Page<'_>, out: &mut Vec<Finding>) {
    let text = page.context.text();
    for mark in CITATIONS {
        for (at, span) in places(text, mark).take(20) {
            let behind = &text[span.end..];
            let fits = match *mark {
                "[oaicite:" => !text[..at].ends_with("contentReference"),
                "citeturn" => behind.starts_with(|c: char| c.is_ascii_digit()),
                "[cite: " => {
                    let inner = behind.split(']').next().unwrap_or("");
                    !inner.is_empty()
                        && inner.len() < 40
                        && inner.bytes().all(|b| b.is_ascii_digit() || b", ".contains(&b))
                }
                _ => true,
            };
            if fits && page.is_shown(at) {
                let message = format!(
                    "`{}` is a citation of a text generator, which leads nowhere",
                    short(mark)
                );
                out.push(finding(page.context, span, message));
            }
        }
    }
    // `【12†source】`
    for (at, _) in places(text, SOURCE).take(200) {
        let inner = text[at + '【'.len_utf8()..]
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
        let digits = text.len() - at - '【'.len_utf8() - inner.len();
        if digits > 0 && inner.starts_with('†') && page.is_shown(at) {
            let len = inner.find('】').map_or(0, |len| len + '】'.len_utf8());
            let span = Span::new(at, text.len() - inner.len() + len);
            let message = "this citation of a text generator leads nowhere";
            out.push(finding(page.context, span, message.to_owned()));
        }
    }
}

/// Addresses that name a text generator as their source.
fn addresses(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for link in &context.facts().links {
        if link.dest.contains("utm_source=chatgpt.com") || link.dest.contains("utm_source=openai") {
            let message =
                "the parameter `utm_source` shows that this address comes from a text generator"
                    .to_owned();
            let help = "remove `utm_source`, and verify that the cited page supports the text";
            let finding = Finding::new(context.path(), link.span, message);
            out.push(finding.help(help).severity(Severity::Warning));
        }
    }
}

fn machines(page: &mut Page<'_>, out: &mut Vec<Finding>) {
    let text = page.context.text();
    for folder in MACHINES {
        for (at, span) in places(text, folder).take(20) {
            let link = page.context.facts().links.iter().find(|link| link.span.contains(span));
            if let Some(link) = link {
                let message =
                    "this address is a folder on the machine that built the page".to_owned();
                let help = "link to the page or the file as readers reach it";
                out.push(Finding::new(page.context.path(), link.span, message).help(help));
            } else if page.is_shown(at)
                && !mentions(text, span, &["runner", "pipeline", "workflow", "ci "])
            {
                let message = format!("`{folder}` is a folder on the machine that built the page");
                out.push(finding(page.context, span, message).severity(Severity::Warning));
            }
        }
    }
}

fn templates(page: &mut Page<'_>, out: &mut Vec<Finding>) {
    let text = page.context.text();
    for (at, span) in places(text, COOKIECUTTER).take(20) {
        let open = text[..at].trim_end_matches(['-', ' ']).ends_with("{{");
        if open && page.is_shown(at) {
            let message = "a template left its tag here".to_owned();
            out.push(
                Finding::new(page.context.path(), span, message)
                    .help("replace it with the intended text"),
            );
        }
    }
    for (at, span) in places(text, FILLER).take(1) {
        // A page about layout shows it on purpose.
        let demo = is_in_code(page.context, "Lorem ipsum");
        if page.is_shown(at) && !demo && text.len() < 3000 {
            let message = "this filler text was never replaced by content".to_owned();
            let finding = Finding::new(page.context.path(), span, message);
            out.push(finding.help("write the text").severity(Severity::Warning));
        }
    }
}

/// Placeholders that a translation puts in place of code, such as `__X_I18N_900012__`.
fn sentinels(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    const WORDS: &[&str] = &["I18N", "L10N", "PLACEHOLDER", "TRANSLAT", "PROTECTED", "MASK"];
    let text = context.text();
    let bytes = text.as_bytes();
    let mut end = 0;
    for at in memchr::memmem::find_iter(bytes, b"__") {
        if at < end || at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_') {
            continue;
        }
        let name =
            |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'_';
        let len = bytes[at..].iter().take(80).take_while(name).count();
        let word = &text[at..at + len];
        end = at + len.max(2);
        let Some(inner) = word.strip_suffix("__").and_then(|word| word.strip_prefix("__")) else {
            continue;
        };
        let number = inner.rsplit('_').next().unwrap_or("");
        let counted = number.len() >= 2 && number.bytes().all(|b| b.is_ascii_digit());
        let quoted = text[..at].ends_with('`');
        if counted && !quoted && WORDS.iter().any(|known| inner.contains(known)) {
            let message = format!("`{word}` is a placeholder that was not replaced");
            let help = "copy what belongs here from the page that this one was translated from";
            out.push(Finding::new(context.path(), Span::new(at, at + len), message).help(help));
        }
        if out.len() > 100 {
            return;
        }
    }
}

/// An answer to a prompt, at the start of the page.
fn answer(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    let paragraphs =
        context.outline.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    for block in paragraphs.take(2) {
        if block.parent.is_some() {
            continue;
        }
        let written = &text[block.span.start..block.span.end];
        let start: String = written.chars().take(60).collect::<String>().to_lowercase();
        if ANSWERS.iter().any(|answer| start.starts_with(answer)) {
            let line = written.lines().next().unwrap_or("").len();
            let span = Span::new(block.span.start, block.span.start + line);
            let message = "this is the reply of a text generator to its user, not text for readers";
            out.push(finding(context, span, message.to_owned()));
        }
    }
}

/// A closing tag of a tool as the last line of the page.
fn last_line(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    let content = text.trim_end();
    let start = line_start(content, content.len());
    let line = content[start..].trim();
    let closes = [
        "</content>",
        "</file_content>",
        "</file>",
        "</document>",
        "</parameter>",
        "</artifact>",
        "</output>",
    ];
    let Some(mark) = closes.iter().find(|mark| **mark == line) else { return };
    let open = format!("<{}", &mark[2..mark.len() - 1]);
    if !text.contains(&open) {
        let message = format!("`{mark}` is an artifact of the tool that wrote this page");
        out.push(finding(context, Span::new(start, content.len()), message));
    }
}

//! Text for people, in the style of rustc.
//!
//! `annotate-snippets` draws the source. It computes line and column from the text it gets, which
//! is only a window of the source; so it gets a marker in place of each path, and markers are
//! later replaced by the real path, line and column.

mod coverage_line;
mod window;

use std::io::{self, Write};

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet, Title,
    normalize_untrusted_str,
};

use crate::check::rule::Diagnostic;
use crate::diagnostic::{Finding, Fix, Related, Safety, Severity};
use crate::report::{Report, Sources};
use crate::source::{Source, Span, VPath};
use window::{Window, window};

/// Options of the text format.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether to use ANSI colours.
    pub color: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
    /// Whether notes are shown; they are always counted.
    pub notes: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { color: false, width: 120, notes: false }
    }
}

/// The renderer of drawings.
fn renderer(options: &Options) -> Renderer {
    let renderer =
        if options.color { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    // Lines are shortened before rendering; the renderer must not do so again.
    renderer.term_width(100_000)
}

/// A drawing of the fault of a file that cannot be used, which no rule finds.
pub fn fault(source: &Source, fault: &Finding, options: &Options) -> String {
    let sources = |path: &VPath| (*path == source.path).then_some(source);
    let drawing = Drawing::new(&sources, options.width);
    drawing.draw(fault, Level::ERROR.primary_title(clean(&fault.message)), &renderer(options))
}

/// Writes the findings, one line of coverage and one line of counts.
pub fn write(report: &Report<'_>, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let renderer = renderer(options);
    for diagnostic in &report.diagnostics {
        if diagnostic.severity == Severity::Note && !options.notes {
            continue;
        }
        let title = title(diagnostic);
        let drawing = Drawing::new(report.sources, options.width);
        let text = drawing.draw(&diagnostic.finding, title, &renderer);
        writeln!(out, "{text}\n")?;
    }
    if !report.coverage.flavour.is_empty() {
        writeln!(out, "{}", coverage_line::flavour_line(&report.coverage))?;
    }
    writeln!(out, "{}", coverage_line::coverage_line(&report.coverage))?;
    writeln!(out, "{}", coverage_line::summary_line(report.summary(), options.notes))?;
    let count = |safety: Safety| {
        let fixes = report.diagnostics.iter().filter_map(|one| one.finding.fix.as_ref());
        fixes.filter(|fix| fix.safety == safety).count()
    };
    match coverage_line::repairs_line(count(Safety::Safe), count(Safety::Unsafe)) {
        Some(line) => writeln!(out, "{line}"),
        None => Ok(()),
    }
}

/// The first line of a drawing.
fn title(diagnostic: &Diagnostic) -> Title<'_> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level.primary_title(clean(&diagnostic.finding.message)).id(diagnostic.rule.name)
}

/// The most related locations that are drawn; others are only counted.
const MAX_RELATED: usize = 8;

/// The marker around the number of a location. It is removed from all other text.
const MARK: char = '\u{e000}';

/// A finding that is being drawn.
struct Drawing<'a> {
    sources: &'a Sources<'a>,
    width: usize,
    /// The replacements of markers.
    places: Vec<String>,
}

impl<'a> Drawing<'a> {
    fn new(sources: &'a Sources<'a>, width: usize) -> Self {
        // Leave room for the gutter, but keep a readable minimum.
        Self { sources, width: width.saturating_sub(8).max(40), places: Vec::new() }
    }

    fn draw(mut self, finding: &Finding, title: Title<'_>, renderer: &Renderer) -> String {
        let mut group = Group::with_title(title);
        let mut apart: Vec<&Related> = finding.related.iter().take(MAX_RELATED).collect();
        match (self.sources)(&finding.path) {
            Some(source) => group = group.element(self.primary(source, finding.span, &mut apart)),
            None => group = group.element(Origin::path(clean(finding.path.as_str()))),
        }
        for related in apart {
            group = group.element(self.related(related));
        }
        let more = finding.related.len().saturating_sub(MAX_RELATED);
        if more > 0 {
            group = group.element(Level::NOTE.message(format!("and {more} more related places")));
        }
        if let Some(help) = &finding.help {
            group = group.element(Level::HELP.message(clean(help)));
        }
        let mut groups = Vec::with_capacity(2);
        if let Some(fix) = &finding.fix {
            let title = clean(&fix.title);
            match self.patch(fix, &finding.path) {
                Some(patch) => groups.push(Level::HELP.secondary_title(title).element(patch)),
                None => group = group.element(Level::HELP.message(format!("fix: {title}"))),
            }
        }
        groups.insert(0, group);
        self.with_places(&renderer.render(&groups))
    }

    /// The lines of the finding, including related locations nearby.
    fn primary(
        &mut self,
        source: &'a Source,
        span: Span,
        apart: &mut Vec<&Related>,
    ) -> Element<'a> {
        let span = span.clamped(&source.text);
        let mut spans = vec![span];
        let mut labels = Vec::new();
        apart.retain(|related| {
            let other = related.span.clamped(&source.text);
            let mut all = spans.clone();
            all.push(other);
            let near = related.path == source.path
                && window::height(source, &all) <= window::MAX_LINES
                && !window(source, &all, self.width).cut;
            if near {
                spans = all;
                labels.push(clean(&related.message));
            }
            !near
        });
        let window = window(source, &spans, self.width);
        let mut annotations = vec![annotation(&window, AnnotationKind::Primary, None)];
        for (label, span) in labels.into_iter().zip(&window.spans[1..]) {
            let range = span.start..span.end;
            annotations.push(AnnotationKind::Context.span(range).label(label));
        }
        self.snippet(source, span, window).annotations(annotations).into()
    }

    /// A location in another file or far away.
    fn related(&mut self, related: &Related) -> Element<'a> {
        let message = clean(&related.message);
        let Some(source) = (self.sources)(&related.path) else {
            let path = clean(related.path.as_str());
            return Level::NOTE.message(format!("{path}: {message}")).into();
        };
        let span = related.span.clamped(&source.text);
        let window = window(source, &[span], self.width);
        let annotation = annotation(&window, AnnotationKind::Context, Some(message));
        self.snippet(source, span, window).annotation(annotation).into()
    }

    /// A fix, if it is a single edit within one line.
    fn patch(&mut self, fix: &Fix, primary: &VPath) -> Option<Element<'a>> {
        let [edit] = fix.edits.as_slice() else { return None };
        let source = (self.sources)(&edit.path)?;
        let span = edit.span.clamped(&source.text);
        let replacement = clean(&edit.replacement);
        let one_line = window::height(source, &[span]) == 1 && !replacement.contains(['\n', '\r']);
        if span != edit.span || !one_line || replacement.len() > self.width {
            return None;
        }
        let window = window(source, &[span], self.width);
        let at = window.spans[0];
        if window.cut || (replacement.is_empty() && at.start == at.end) {
            return None;
        }
        let snippet = Snippet::source(window.text).line_start(window.first_line);
        // The path is not repeated: the first marker belongs to the finding itself.
        let same = edit.path == *primary;
        let mark = if same { format!("{MARK}0{MARK}") } else { self.mark(source, span) };
        Some(snippet.path(mark).patch(Patch::new(at.start..at.end, replacement)).into())
    }

    fn snippet<T: Clone>(&mut self, source: &Source, span: Span, window: Window) -> Snippet<'a, T> {
        let mark = self.mark(source, span);
        Snippet::source(window.text).line_start(window.first_line).path(mark)
    }

    /// Adds a location, and returns its marker.
    fn mark(&mut self, source: &Source, span: Span) -> String {
        let position = source.position(span.start);
        let path = clean(source.path.as_str());
        self.places.push(format!("{path}:{}:{}", position.line, position.column));
        format!("{MARK}{}{MARK}", self.places.len() - 1)
    }

    /// The drawing with markers replaced by real locations.
    fn with_places(&self, drawing: &str) -> String {
        let mut text = String::with_capacity(drawing.len());
        let mut rest = drawing;
        while let Some(at) = rest.find(MARK) {
            text.push_str(&rest[..at]);
            let behind = &rest[at + MARK.len_utf8()..];
            match self.place(behind) {
                Some((place, length)) => {
                    text.push_str(place);
                    rest = &behind[length..];
                }
                None => {
                    text.push(MARK);
                    rest = behind;
                }
            }
        }
        text + rest
    }

    /// Parses `0<marker>:12:7`.
    fn place(&self, behind: &str) -> Option<(&str, usize)> {
        let (number, position) = behind.split_once(MARK)?;
        let place = self.places.get(number.parse::<usize>().ok()?)?;
        let position = position.strip_prefix(':')?;
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let line = digits(position);
        let column = digits(position.get(line..)?.strip_prefix(':')?);
        let length = number.len() + MARK.len_utf8() + 1 + line + 1 + column;
        (line > 0 && column > 0).then_some((place.as_str(), length))
    }
}

/// The label of the first span of a window, if a part of it could not be drawn.
fn annotation<'a>(window: &Window, kind: AnnotationKind, label: Option<String>) -> Annotation<'a> {
    let span = window.spans[0];
    let more = window.goes_on_to.map(|line| format!("goes on to line {line}"));
    let label = match (label, more) {
        (Some(label), Some(more)) => Some(format!("{label} ({more})")),
        (label, more) => label.or(more),
    };
    kind.span(span.start..span.end).label(label)
}

/// Untrusted text without terminal control characters and markers.
fn clean(text: &str) -> String {
    let unwanted = |c| ('\u{80}'..='\u{9f}').contains(&c) || c == MARK;
    normalize_untrusted_str(&text.replace("\r\n", "\n").replace(unwanted, "�"))
}

#[cfg(test)]
mod tests;

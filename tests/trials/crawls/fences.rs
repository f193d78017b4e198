//! The reference for code blocks: fences read line by line, without CommonMark and without
//! docgen's own scan.

/// A fence of a page.
pub struct Fence {
    /// The line of its opening, from 1.
    pub line: usize,
    /// What stands inside, without the container's indentation.
    pub text: String,
}

struct Open {
    byte: u8,
    len: usize,
    /// Width of what stands before the fence.
    column: usize,
    quotes: usize,
    fence: Fence,
}

/// The fences of a page, in order.
pub fn extract(source: &str) -> Vec<Fence> {
    let source = source.replace("\r\n", "\n");
    let mut fences = Vec::new();
    let mut open: Option<Open> = None;
    let mut comment = false;
    let skipped = front_matter(&source);
    for (at, line) in source.lines().enumerate().skip(skipped) {
        if let Some(mut fence) = open.take() {
            if closes(line, &fence) {
                fences.push(fence.fence);
            } else {
                fence.fence.text.push_str(inside(line, &fence));
                fence.fence.text.push('\n');
                open = Some(fence);
            }
        } else if comment {
            comment = !line.contains("-->");
        } else if let Some(start) = line.find("<!--").filter(|_| line.trim().starts_with("<!--")) {
            comment = !line[start..].contains("-->");
        } else {
            open = opens(line, at + 1);
        }
    }
    fences.extend(open.map(|open| open.fence));
    fences
}

/// How many lines the front matter takes.
fn front_matter(source: &str) -> usize {
    let mut lines = source.lines();
    if lines.next().map(str::trim_end) != Some("---") {
        return 0;
    }
    lines.position(|line| line.trim_end() == "---").map_or(0, |at| at + 2)
}

fn opens(line: &str, number: usize) -> Option<Open> {
    let (mut rest, mut quotes) = (line, 0);
    loop {
        rest = rest.trim_start();
        if let Some(inner) = rest.strip_prefix('>') {
            quotes += 1;
            rest = inner;
            continue;
        }
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = digits.len() < rest.len();
        let marker = if numbered { &['.', ')'][..] } else { &['-', '*', '+'][..] };
        match digits.strip_prefix(marker).filter(|inner| inner.starts_with([' ', '\t'])) {
            Some(inner) => rest = inner,
            None => break,
        }
    }
    let byte = *rest.as_bytes().first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let len = rest.bytes().take_while(|other| *other == byte).count();
    if len < 3 || (byte == b'`' && rest[len..].contains('`')) {
        return None;
    }
    let fence = Fence { line: number, text: String::new() };
    Some(Open { byte, len, column: line.len() - rest.len(), quotes, fence })
}

fn closes(line: &str, open: &Open) -> bool {
    let rest = line.trim_start_matches([' ', '\t', '>']).trim_end();
    rest.len() >= open.len && rest.bytes().all(|byte| byte == open.byte)
}

/// A line without the quote markers and without the indentation that the opening has, too.
fn inside<'l>(line: &'l str, open: &Open) -> &'l str {
    let (mut rest, mut column) = (line, 0);
    for _ in 0..open.quotes {
        if let Some(inner) = rest.trim_start().strip_prefix('>') {
            column += rest.len() - inner.len();
            rest = inner;
        }
    }
    let spaces = rest.bytes().take_while(|byte| *byte == b' ').count();
    &rest[spaces.min(open.column - column.min(open.column))..]
}

//! Nothing grows too large to hold in the head.

use super::facts::Kind;
use super::{Findings, Sources};

/// The longest a file may be, in lines.
pub const MAX_FILE: usize = 500;
/// The longest a function may be, in lines.
pub const MAX_FUNCTION: usize = 80;

/// Finds long files and functions, tests as well.
pub fn check(sources: &Sources, findings: &mut Findings) {
    for (file, facts) in sources.each() {
        if file.lines > MAX_FILE {
            let text = format!("a file of {} lines, more than {MAX_FILE}", file.lines);
            findings.add(file, MAX_FILE + 1, "size", text);
        }
        for fact in facts {
            if let Kind::Function(length) = fact.kind
                && length > MAX_FUNCTION
            {
                let text = format!("a function of {length} lines, more than {MAX_FUNCTION}");
                findings.add(file, fact.line, "size", text);
            }
        }
    }
}

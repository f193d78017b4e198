//! The natural order of names: numbers in them count as numbers, so 2 comes before 10.

/// A part of a name, in the order that parts have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A number: its count of digits without leading zeros, and these digits.
    Number(usize, String),
    /// Text in lower case.
    Text(String),
}

/// What names are sorted by.
pub fn key(name: &str) -> Vec<Part> {
    let name = name.to_lowercase();
    let mut parts = Vec::new();
    let mut rest = name.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        parts.push(if digits {
            let number = part.trim_start_matches('0');
            Part::Number(number.len(), number.to_owned())
        } else {
            Part::Text(part.to_owned())
        });
        rest = behind;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn numbers_count_as_numbers() {
        let sorted = ["", "1. Start", "02 Next", "10 Last", "Step 1", "step 2", "Step 10", "Ä"];
        let mut names = sorted;
        names.reverse();
        names.sort_by_key(|name| key(name));
        assert_eq!(names, sorted);
        let long = "9".repeat(100);
        assert!(key("10") < key(&long), "a number may have any length");
    }
}

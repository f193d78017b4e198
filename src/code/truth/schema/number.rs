//! Decimal numbers, compared exactly.

use std::cmp::Ordering;

/// The largest exponent that is read.
const MAX_EXPONENT: i64 = 1_000_000;
/// The largest difference between the exponents of two numbers that are divided.
const MAX_SHIFT: i64 = 5_000;

/// A decimal number of any size: its digits, times a power of ten.
#[derive(Clone, Debug)]
pub(super) struct Decimal {
    negative: bool,
    /// From the most significant one on, without zeros at either end; empty for zero.
    digits: Vec<u8>,
    exponent: i64,
    /// Whether it is written without a fraction and an exponent.
    plain: bool,
}

impl Decimal {
    /// Reads a number of JSON, JSON5, YAML or TOML: `1`, `0x1F`, `0o7`, `0b1`, `.5`, `5.`, `+1`,
    /// `1_000`, `1e3`, `Infinity`, `.inf`. `None` for `NaN` and anything else without a value.
    pub fn read(text: &str) -> Option<Self> {
        let text: String =
            text.chars().filter(|&c| c != '_').collect::<String>().to_ascii_lowercase();
        let (negative, rest) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text.as_str()),
        };
        for (mark, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
            if let Some(digits) = rest.strip_prefix(mark) {
                let value = u128::from_str_radix(digits, radix).ok()?;
                return Self::parts(negative, &value.to_string(), "", 0, true);
            }
        }
        if matches!(rest, "infinity" | ".inf" | "inf") {
            // The largest double.
            return Self::parts(negative, "17976931348623157", "", 292, false);
        }
        let (mantissa, exponent) = match rest.split_once('e') {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !digits(whole) || !digits(fraction) {
            return None;
        }
        let plain = !rest.contains(['.', 'e']);
        Self::parts(negative, whole, fraction, exponent, plain)
    }

    fn parts(
        negative: bool,
        whole: &str,
        fraction: &str,
        exponent: i64,
        plain: bool,
    ) -> Option<Self> {
        let mut digits: Vec<u8> =
            whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        let mut exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        while digits.last() == Some(&0) {
            digits.pop();
            exponent += 1;
        }
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..zeros);
        if digits.is_empty() {
            return Some(Self { negative: false, digits, exponent: 0, plain });
        }
        let in_range = (-MAX_EXPONENT..=MAX_EXPONENT).contains(&exponent);
        in_range.then_some(Self { negative, digits, exponent, plain })
    }

    /// Whether it has no fraction.
    pub fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// Whether it has no fraction and is written without one, as draft 4 requires of an integer.
    pub fn is_plain_integer(&self) -> bool {
        self.plain && self.is_integer()
    }

    /// Whether it is more than zero.
    pub fn is_positive(&self) -> bool {
        !self.negative && !self.digits.is_empty()
    }

    /// Whether it is a multiple of `unit`; `None` if that would take too long.
    pub fn is_multiple_of(&self, unit: &Self) -> Option<bool> {
        // Room for ten times a remainder.
        let divisor = unit.small()?;
        if divisor == 0 || self.digits.is_empty() {
            return Some(divisor != 0);
        }
        let shift = self.exponent - unit.exponent;
        if shift.abs() > MAX_SHIFT {
            return None;
        }
        let divisor = match u32::try_from(-shift) {
            // The number has more decimal places than the unit: both are scaled up.
            Ok(places) => divisor.checked_mul(10_u128.checked_pow(places)?)?,
            Err(_) => divisor,
        };
        let zeros = usize::try_from(shift).unwrap_or_default();
        let digits = self.digits.iter().copied().chain(std::iter::repeat_n(0, zeros));
        let mut remainder = 0_u128;
        for digit in digits {
            remainder = (remainder.checked_mul(10)? + u128::from(digit)) % divisor;
        }
        Some(remainder == 0)
    }

    /// The digits as one number, if it is not too large to calculate with.
    fn small(&self) -> Option<u128> {
        self.digits
            .iter()
            .try_fold(0_u128, |value, digit| value.checked_mul(10)?.checked_add(u128::from(*digit)))
    }

    /// Writes the number in a form that equal numbers share.
    pub fn write(&self, out: &mut String) {
        if self.negative {
            out.push('-');
        }
        out.extend(self.digits.iter().map(|digit| char::from(digit + b'0')));
        out.push('e');
        out.push_str(&self.exponent.to_string());
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |one: &Self| match (one.digits.is_empty(), one.negative) {
            (true, _) => 0,
            (_, true) => -1,
            _ => 1,
        };
        let (ours, theirs) = (sign(self), sign(other));
        if ours != theirs || ours == 0 {
            return ours.cmp(&theirs);
        }
        let places = |one: &Self| one.digits.len() as i64 + one.exponent;
        let size = places(self).cmp(&places(other)).then_with(|| self.digits.cmp(&other.digits));
        if self.negative { size.reverse() } else { size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Decimal {
        Decimal::read(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn forms() {
        for (text, same) in [
            ("1", "1"),
            ("+1", "1.0"),
            ("-7", "-7e0"),
            ("0x1F", "31"),
            ("-0x10", "-16"),
            ("0o17", "15"),
            ("0b11", "3"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1e3", "1000"),
            ("1E-3", "0.001"),
            ("1_000", "1000"),
            ("-0", "0.0"),
            ("007", "7"),
            ("18446744073709551616", "1.8446744073709551616e19"),
            ("Infinity", "1.7976931348623157e308"),
            ("-.inf", "-1.7976931348623157e308"),
        ] {
            let (mut one, mut other) = (String::new(), String::new());
            read(text).write(&mut one);
            read(same).write(&mut other);
            assert_eq!((read(text), one), (read(same), other), "{text}");
        }
        for text in ["NaN", "", "-", "0x", "12:30", "1e", ".", "1e99999999", "0xg", "--1", "é"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
    }

    #[test]
    fn order() {
        let ordered = [
            "-1e999",
            "-10",
            "-9.5",
            "-0.001",
            "0",
            "1e-999",
            "0.0099",
            "0.01",
            "1",
            "9",
            "9.000000000000000000000001",
            "10",
            "9007199254740993",
            "1e400",
        ];
        for (at, one) in ordered.iter().enumerate() {
            for (other_at, other) in ordered.iter().enumerate() {
                assert_eq!(read(one).cmp(&read(other)), at.cmp(&other_at), "{one} {other}");
            }
        }
    }

    #[test]
    fn multiples() {
        for (number, unit, expected) in [
            ("4", "2", Some(true)),
            ("-7", "2", Some(false)),
            ("0", "1.5", Some(true)),
            ("4.5", "1.5", Some(true)),
            ("0.0075", "0.0001", Some(true)),
            ("0.00751", "0.0001", Some(false)),
            ("1e308", "0.123456789", Some(false)),
            ("1e308", "0.5", Some(true)),
            ("12391239123", "1e-8", Some(true)),
            ("1", "1e-5000", Some(true)),
            ("1", "1e-9000", None),
            ("1e-9000", "1", None),
            ("1", "0.12345678901234567890123456789012345678901234", None),
        ] {
            assert_eq!(read(number).is_multiple_of(&read(unit)), expected, "{number} {unit}");
        }
    }

    #[test]
    fn integers() {
        for (text, integer, plain) in
            [("1", true, true), ("1.0", true, false), ("1e2", true, false), ("1.5", false, false)]
        {
            let number = read(text);
            assert_eq!(
                (number.is_integer(), number.is_plain_integer()),
                (integer, plain),
                "{text}"
            );
        }
    }
}

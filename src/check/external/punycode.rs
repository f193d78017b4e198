//! Host names beyond ASCII, as they are asked for (RFC 3492).

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;

/// A host name in ASCII and in lower case; `None` if it cannot be written so.
pub(super) fn to_ascii(host: &str) -> Option<String> {
    let lower = host.to_lowercase();
    // The full stops of Chinese and Japanese separate labels, too.
    let labels = lower.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']);
    let encoded: Option<Vec<String>> = labels
        .map(|label| match label.is_ascii() {
            true => Some(label.to_owned()),
            false => Some(format!("xn--{}", encode(label)?)),
        })
        .collect();
    encoded.map(|labels| labels.join("."))
}

fn encode(label: &str) -> Option<String> {
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    let total = u32::try_from(label.chars().count()).ok()?;
    // A label has at most 63 characters, and the search below is quadratic.
    if total > 63 {
        return None;
    }
    if basic > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias, mut handled) = (128u32, 0u32, 72u32, basic);
    while handled < total {
        let next = label.chars().map(u32::from).filter(|one| *one >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(handled + 1)?)?;
        code = next;
        for one in label.chars().map(u32::from) {
            if one < code {
                delta += 1;
            }
            if one != code {
                continue;
            }
            let (mut rest, mut weight) = (delta, BASE);
            loop {
                let threshold = weight.saturating_sub(bias).clamp(T_MIN, T_MAX);
                if rest < threshold {
                    break;
                }
                out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
                rest = (rest - threshold) / (BASE - threshold);
                weight += BASE;
            }
            out.push(digit(rest));
            bias = adapt(delta, handled + 1, handled == basic);
            delta = 0;
            handled += 1;
        }
        delta += 1;
        code += 1;
    }
    Some(out)
}

fn digit(value: u32) -> char {
    char::from_digit(if value < 26 { value + 10 } else { value - 26 }, BASE).unwrap_or('a')
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut bias = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        bias += BASE;
    }
    bias + (BASE - T_MIN + 1) * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beyond_ascii() {
        for (name, ascii) in [
            ("Example.COM", "example.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("münchen.de", "xn--mnchen-3ya.de"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("中国。cn", "xn--fiqs8s.cn"),
            ("президент.рф", "xn--d1abbgf6aiiy.xn--p1ai"),
        ] {
            assert_eq!(to_ascii(name).as_deref(), Some(ascii), "{name}");
        }
        assert_eq!(to_ascii(&"ü".repeat(64)), None);
    }
}

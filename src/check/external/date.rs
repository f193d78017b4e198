//! Days and times of the calendar, without a clock.

use std::time::Duration;

/// A day, by its number since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Day {
    /// The day of a time in seconds since 1970.
    pub fn of(seconds: u64) -> Self {
        Self(i64::try_from(seconds / 86_400).unwrap_or_default())
    }

    /// Reads `2026-11-30`.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let long = (year.len(), month.len(), day.len()) == (4, 2, 2);
        if !long || parts.next().is_some() || text.contains('+') {
            return None;
        }
        let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        let read = Self::from_parts(year, month, day);
        // The thirtieth of February is the second of March.
        ((1..=12).contains(&month) && read.parts() == (year, month, day)).then_some(read)
    }

    fn from_parts(year: i64, month: i64, day: i64) -> Self {
        // Years that begin in March have the leap day at their end.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        Self(365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468)
    }

    /// Its year, month and day.
    pub fn parts(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let (year, month) =
            if month < 10 { (year_of_era, month + 3) } else { (year_of_era + 1, month - 9) };
        (era * 400 + year, month, day)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How long a server asks to wait: a number of seconds, or a time as `Mon, 30 Nov 2026 08:00:00
/// GMT`. `now` is in seconds since 1970.
pub fn retry_after(value: &str, now: u64) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let mut words = value.split(' ').skip(1);
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|one| *one == month)? as i64 + 1;
    let date = Day::from_parts(year.parse().ok()?, month, day.parse().ok()?);
    let mut clock = words.next()?.split(':').map(str::parse::<u64>);
    let (hour, minute, second) = (clock.next()?.ok()?, clock.next()?.ok()?, clock.next()?.ok()?);
    let then = u64::try_from(date.0).ok()?.checked_mul(86_400)?;
    let then = then.checked_add(hour.checked_mul(3_600)?)?.checked_add(minute.checked_mul(60)?)?;
    Some(Duration::from_secs(then.checked_add(second)?.saturating_sub(now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_written() {
        for (text, number) in [
            ("1970-01-01", 0),
            ("2000-02-29", 11_016),
            ("2026-11-30", 20_787),
            ("2027-03-01", 20_878),
            ("2100-03-01", 47_541),
        ] {
            assert_eq!(Day::read(text), Some(Day(number)), "{text}");
            assert_eq!(Day(number).to_string(), text);
        }
        for text in
            ["2026-02-30", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01-01", "x", "+026-01-01"]
        {
            assert_eq!(Day::read(text), None, "{text}");
        }
        for number in (0..60_000).step_by(37) {
            assert_eq!(Day::read(&Day(number).to_string()), Some(Day(number)));
        }
        assert_eq!(Day::of(86_399), Day(0));
    }

    #[test]
    fn servers_ask_to_wait() {
        // Mon, 30 Nov 2026 08:00:00 GMT
        let now = 20_787 * 86_400 + 8 * 3_600;
        for (value, seconds) in [
            ("0", Some(0)),
            (" 120 ", Some(120)),
            ("Mon, 30 Nov 2026 08:00:30 GMT", Some(30)),
            ("Tue, 01 Dec 2026 08:00:00 GMT", Some(86_400)),
            ("Sun, 29 Nov 2026 08:00:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
            ("Mon, 30 Foo 2026 08:00:00 GMT", None),
            ("Mon, 30 Nov 99999999999999 08:00:00 GMT", None),
        ] {
            let expected = seconds.map(Duration::from_secs);
            assert_eq!(retry_after(value, now), expected, "{value}");
        }
    }
}

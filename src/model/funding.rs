//! What the cells of a funding table say: amounts, and how much of them is funded.

use crate::policy::format::{FundingFormat, is_one_of};

/// What something costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cost {
    /// So many cents; a range has two different ends.
    Amount {
        /// At least.
        from: u64,
        /// At most.
        to: u64,
    },
    /// Told on request.
    OnRequest,
    /// Not known yet.
    Unknown,
}

/// How much of something is funded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Funded {
    /// Nothing.
    Nothing,
    /// A part.
    Partly,
    /// All.
    Fully,
}

impl Cost {
    /// Reads a cell.
    pub(crate) fn read(format: &FundingFormat, text: &str) -> Cost {
        match range(text) {
            Some((from, to)) => Cost::Amount { from, to },
            None if is_one_of(&format.on_request, text) => Cost::OnRequest,
            None => Cost::Unknown,
        }
    }
}

impl Funded {
    /// Reads a cell.
    pub(crate) fn read(format: &FundingFormat, text: &str) -> Funded {
        match percentage(text) {
            Some(part) if part >= 100.0 => Funded::Fully,
            Some(part) if part > 0.0 => Funded::Partly,
            Some(_) => Funded::Nothing,
            None if is_one_of(&format.full, text) => Funded::Fully,
            None if is_one_of(&format.partial, text) => Funded::Partly,
            None => Funded::Nothing,
        }
    }
}

/// An amount, or a range of two, in cents.
pub(crate) fn range(text: &str) -> Option<(u64, u64)> {
    if let Some(amount) = amount(text) {
        return Some((amount, amount));
    }
    let mut ranges = ["-", "\u{2013}", "\u{2014}", " to "].into_iter().filter_map(|between| text.split_once(between));
    ranges.find_map(|(from, to)| {
        let to = to.trim();
        // The sign of the second amount may be left out.
        Some((amount(from.trim())?, amount(to).or_else(|| amount(&format!("${to}")))?))
    })
}

/// `$25,000`, `$75K`, `$1.5M` in cents.
fn amount(text: &str) -> Option<u64> {
    let amount = text.strip_prefix('$')?;
    let (digits, scale) = match amount.strip_suffix(['K', 'k']) {
        Some(digits) => (digits, Some(1_000)),
        None => match amount.strip_suffix(['M', 'm']) {
            Some(digits) => (digits, Some(1_000_000)),
            None => (amount, None),
        },
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|first| is_number(first) && (first.len() <= 3 || !whole.contains(',')));
    let rest = groups.all(|group| group.len() == 3 && is_number(group));
    let is_fraction = |fraction: &str| is_number(fraction) && (scale.is_some() || fraction.len() == 2);
    if !first || !rest || !fraction.is_none_or(is_fraction) {
        return None;
    }
    // What is beyond any amount of money counts as the largest.
    let cents = scale.unwrap_or(1u64).saturating_mul(100);
    let whole: u64 = whole.replace(',', "").parse().unwrap_or(u64::MAX);
    let mut unit = cents;
    let parts = fraction.unwrap_or_default().bytes().map(|digit| {
        unit /= 10;
        u64::from(digit - b'0').saturating_mul(unit)
    });
    Some(parts.fold(whole.saturating_mul(cents), u64::saturating_add))
}

/// A percentage.
pub(crate) fn percentage(text: &str) -> Option<f32> {
    let number = text.strip_suffix('%')?.trim().parse::<f32>().ok()?;
    (0.0..=100.0).contains(&number).then_some(number)
}

/// Cents as dollars: `$1,250,000`, and the cents only where there are some.
pub(crate) fn dollars(cents: u64) -> String {
    let digits = (cents / 100).to_string();
    let mut out = String::from("$");
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !cents.is_multiple_of(100) {
        out.push_str(&format!(".{:02}", cents % 100));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::formats::Formats;

    #[test]
    fn amounts_are_read_and_written() {
        for (text, expected) in [
            ("$25,000", Some("$25,000-$25,000")),
            ("$75K", Some("$75,000-$75,000")),
            ("$1.5M", Some("$1,500,000-$1,500,000")),
            ("$12.50", Some("$12.50-$12.50")),
            ("$0", Some("$0-$0")),
            ("$70K \u{2013} $110K", Some("$70,000-$110,000")),
            ("$5,000-7,000", Some("$5,000-$7,000")),
            ("$5,000 to $7,000", Some("$5,000-$7,000")),
            ("$25,00", None),
            ("25,000", None),
            ("about $5K", None),
        ] {
            let read = range(text).map(|(from, to)| format!("{}-{}", dollars(from), dollars(to)));
            assert_eq!(read.as_deref(), expected, "{text}");
        }
        assert_eq!(range("$99999999999999999999999M"), Some((u64::MAX, u64::MAX)));
    }

    #[test]
    fn costs_and_states_have_a_meaning() {
        let format = Formats::built_in().newest().unwrap().0.funding.unwrap();
        for (text, expected) in [
            ("Ask", Cost::OnRequest),
            ("ask @mara-okafor", Cost::OnRequest),
            ("TBD", Cost::Unknown),
            ("N/A", Cost::Unknown),
            ("depends on the review", Cost::Unknown),
            ("$5", Cost::Amount { from: 500, to: 500 }),
        ] {
            assert_eq!(Cost::read(&format, text), expected, "{text}");
        }
        for (text, expected) in [
            ("Full", Funded::Fully),
            ("By Some Company", Funded::Fully),
            ("100 %", Funded::Fully),
            ("partial", Funded::Partly),
            ("Partial by Some Company", Funded::Partly),
            ("50%", Funded::Partly),
            ("0%", Funded::Nothing),
            ("No", Funded::Nothing),
            ("", Funded::Nothing),
        ] {
            assert_eq!(Funded::read(&format, text), expected, "{text}");
        }
    }
}

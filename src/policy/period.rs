//! The names of periods.

use std::fmt;
use std::path::Path;

/// A period's name: a year, and the half of it where there are two (`2025h1`, `2026`). Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodName {
    year: u16,
    /// 0 where the period is a whole year.
    half: u8,
}

impl PeriodName {
    /// Reads four digits, then nothing, `h1` or `h2` in any case.
    pub fn parse(name: &str) -> Option<PeriodName> {
        let (year, half) = (name.get(..4)?, name.get(4..)?);
        let year = if year.bytes().all(|byte| byte.is_ascii_digit()) { year.parse().ok()? } else { return None };
        let half = match half {
            "" => 0,
            "h1" | "H1" => 1,
            "h2" | "H2" => 2,
            _ => return None,
        };
        Some(PeriodName { year, half })
    }

    /// The period that a directory is named after.
    pub fn of_directory(directory: &Path) -> Option<PeriodName> {
        PeriodName::parse(directory.file_name()?.to_str()?)
    }

    /// The year.
    pub(crate) fn year(self) -> u16 {
        self.year
    }

    /// Its first and last month, counted from the beginning of the calendar.
    pub(crate) fn months(self) -> (u16, u16) {
        let (first, last) = match self.half {
            1 => (0, 5),
            2 => (6, 11),
            _ => (0, 11),
        };
        // No year of four digits has so many months.
        (self.year.saturating_mul(12).saturating_add(first), self.year.saturating_mul(12).saturating_add(last))
    }

    /// Whether both are of one year.
    pub(crate) fn is_same_year(self, other: PeriodName) -> bool {
        self.year == other.year
    }
}

impl fmt::Display for PeriodName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.half > 0 { write!(f, "h{}", self.half) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_parse_and_sort_by_time() {
        let names = ["2026", "2025H2", "2025h1", "2026h1"].map(|name| PeriodName::parse(name).unwrap());
        let mut sorted = names;
        sorted.sort_unstable();
        assert_eq!(sorted.map(|name| name.to_string()), ["2025h1", "2025h2", "2026", "2026h1"]);
        for odd in ["", "202", "2025h3", "2025x", "x2025h1", "20é5", "2025h1y"] {
            assert_eq!(PeriodName::parse(odd), None, "{odd}");
        }
    }
}

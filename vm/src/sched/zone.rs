//! The machine's time zone: the changes of its offset that a TZif file (RFC 8536) lists, and the rule for the years beyond, which `TZ` may give too.

use std::sync::OnceLock;

use super::calendar::{DAY, Date, date_of, days_of};

/// Difference from universal time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Offset {
    pub seconds: i64,
    /// Daylight saving.
    pub dst: bool,
}

/// Changes of the offset, by time.
#[derive(Default)]
pub(super) struct Zone {
    first: Offset,
    changes: Vec<(i64, Offset)>,
    /// What holds behind the last change.
    rule: Option<Rule>,
}

impl Zone {
    pub fn offset_at(&self, seconds: i64) -> Offset {
        let behind = self.changes.partition_point(|(at, _)| *at <= seconds);
        match &self.rule {
            Some(rule) if behind == self.changes.len() => rule.offset_at(seconds),
            _ if behind == 0 => self.first,
            _ => self.changes[behind - 1].1,
        }
    }

    /// The offset with or without daylight saving that is in force nearest to a time, where the other kind is in force: from years around, as
    /// the C library finds it; an hour's difference where there is none.
    pub fn offset_with(&self, seconds: i64, dst: bool) -> Offset {
        const STEP: i64 = 601_200;
        const STEPS: i64 = 447;
        let around = (1..=STEPS).flat_map(|n| [seconds - n * STEP, seconds + n * STEP]);
        around
            .map(|at| self.offset_at(at))
            .find(|offset| offset.dst == dst)
            .unwrap_or_else(|| {
                let hour = if dst { 3600 } else { -3600 };
                Offset {
                    seconds: self.offset_at(seconds).seconds + hour,
                    dst,
                }
            })
    }
}

/// The zone of the machine.
pub(super) fn zone() -> &'static Zone {
    // The machine's zone is a fact about the machine, not state of a VM.
    static ZONE: OnceLock<Zone> = OnceLock::new();
    ZONE.get_or_init(|| {
        let name = std::env::var("TZ");
        let path = match name.as_deref().map(|name| name.trim_start_matches(':')) {
            Ok("") => return Zone::default(),
            Ok(name) if name.starts_with('/') => name.to_owned(),
            Ok(name) => format!("/usr/share/zoneinfo/{name}"),
            Err(_) => "/etc/localtime".to_owned(),
        };
        let from_file = std::fs::read(path).ok().and_then(|bytes| parse(&bytes));
        from_file.unwrap_or_else(|| Zone {
            rule: name.ok().as_deref().and_then(Rule::parse),
            ..Zone::default()
        })
    })
}

fn be<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}

/// Reads the 64-bit part of a TZif file and the rule behind it, which holds for the years beyond the table.
fn parse(bytes: &[u8]) -> Option<Zone> {
    let counts = |start: usize| -> Option<[usize; 6]> {
        let mut counts = [0; 6];
        for (i, count) in counts.iter_mut().enumerate() {
            *count = u32::from_be_bytes(be(bytes, start + 20 + 4 * i)?) as usize;
        }
        Some(counts)
    };
    if bytes.get(..4)? != b"TZif" || *bytes.get(4)? < b'2' {
        return None;
    }
    let [utc, std, leap, times, types, chars] = counts(0)?;
    let second = 44 + times * 5 + types * 6 + chars + leap * 8 + std + utc;
    let [utc, std, leap, times, types, chars] = counts(second)?;
    let table = second + 44;
    let offset = |index: usize| -> Option<Offset> {
        if index >= types {
            return None;
        }
        let at = table + times * 9 + index * 6;
        Some(Offset {
            seconds: i64::from(i32::from_be_bytes(be(bytes, at)?)),
            dst: *bytes.get(at + 4)? != 0,
        })
    };
    let footer = table + times * 9 + types * 6 + chars + leap * 12 + std + utc;
    let rule = bytes.get(footer..).and_then(|text| {
        let text = std::str::from_utf8(text).ok()?;
        Rule::parse(text.trim())
    });
    let mut zone = Zone {
        first: offset(0)?,
        changes: Vec::with_capacity(times),
        rule,
    };
    for i in 0..times {
        let at = i64::from_be_bytes(be(bytes, table + 8 * i)?);
        zone.changes
            .push((at, offset(usize::from(*bytes.get(table + times * 8 + i)?))?));
    }
    Some(zone)
}

/// What the offset is every year, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
#[derive(Debug, PartialEq, Eq)]
struct Rule {
    standard: Offset,
    saving: Option<Saving>,
}

/// Daylight saving, and when it begins and ends, each in the local time before.
#[derive(Debug, PartialEq, Eq)]
struct Saving {
    offset: Offset,
    begin: (Day, i64),
    end: (Day, i64),
}

/// A day of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// `Jn`: the n-th, without the 29th of February.
    OfYear(i64),
    /// `n`: days since the first of January.
    SinceNew(i64),
    /// `Mm.w.d`: month, week (5: the last), day of the week (0: Sunday).
    OfWeek(u8, i64, i64),
}

impl Day {
    /// In days since 1970.
    fn of(self, year: i64) -> i64 {
        let first = |month| {
            days_of(Date {
                year,
                month,
                day: 1,
            })
        };
        match self {
            Day::SinceNew(n) => first(1) + n,
            Day::OfYear(n) if n < 60 => first(1) + n - 1,
            Day::OfYear(n) => first(3) + n - 60,
            Day::OfWeek(month, week, day) => {
                let start = first(month);
                let next = match month {
                    12 => days_of(Date {
                        year: year + 1,
                        month: 1,
                        day: 1,
                    }),
                    _ => first(month + 1),
                };
                // 1970 began with a Thursday.
                let at = start + (day - (start + 4)).rem_euclid(7) + 7 * (week - 1);
                if at >= next { at - 7 } else { at }
            }
        }
    }
}

impl Rule {
    fn offset_at(&self, seconds: i64) -> Offset {
        let Some(saving) = &self.saving else {
            return self.standard;
        };
        let year = date_of((seconds + self.standard.seconds).div_euclid(DAY)).year;
        let moment =
            |(day, time): (Day, i64), before: Offset| day.of(year) * DAY + time - before.seconds;
        let begin = moment(saving.begin, self.standard);
        let end = moment(saving.end, saving.offset);
        let saved = if begin < end {
            (begin..end).contains(&seconds)
        } else {
            !(end..begin).contains(&seconds)
        };
        if saved { saving.offset } else { self.standard }
    }

    fn parse(text: &str) -> Option<Rule> {
        let mut rest = text;
        let standard = Offset {
            seconds: -{
                name(&mut rest)?;
                time(&mut rest)?
            },
            dst: false,
        };
        if rest.is_empty() {
            let saving = None;
            return Some(Rule { standard, saving });
        }
        name(&mut rest)?;
        let seconds = match rest.starts_with(',') || rest.is_empty() {
            true => standard.seconds + 3600,
            false => -time(&mut rest)?,
        };
        // Without days those of the United States are meant, as in the C library.
        let days = rest.strip_prefix(',').unwrap_or("M3.2.0,M11.1.0");
        let (begin, end) = days.split_once(',')?;
        let saving = Saving {
            offset: Offset { seconds, dst: true },
            begin: moment(begin)?,
            end: moment(end)?,
        };
        let saving = Some(saving);
        Some(Rule { standard, saving })
    }
}

/// Takes the name of an offset: letters, or anything in angle brackets.
fn name(rest: &mut &str) -> Option<()> {
    let end = match rest.strip_prefix('<') {
        Some(inner) => inner.find('>')? + 2,
        None => rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len()),
    };
    *rest = &rest[end..];
    (end >= 3).then_some(())
}

/// Takes `[+-]hh[:mm[:ss]]`, in seconds.
fn time(rest: &mut &str) -> Option<i64> {
    let negative = rest.starts_with('-');
    let text = rest.trim_start_matches(['+', '-']);
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != ':')
        .unwrap_or(text.len());
    let mut seconds = 0;
    for (n, part) in text[..end].split(':').enumerate() {
        let unit = [3600, 60, 1].get(n)?;
        seconds += unit * part.parse::<i64>().ok().filter(|n| *n <= 167)?;
    }
    *rest = &text[end..];
    Some(if negative { -seconds } else { seconds })
}

/// `Day[/Time]`; two in the morning without a time.
fn moment(text: &str) -> Option<(Day, i64)> {
    let (day, mut at) = text.split_once('/').unwrap_or((text, "2"));
    let number = |text: &str, limit: i64| text.parse::<i64>().ok().filter(|n| *n <= limit);
    let day = if let Some(n) = day.strip_prefix('J') {
        Day::OfYear(number(n, 365).filter(|n| *n > 0)?)
    } else if let Some(parts) = day.strip_prefix('M') {
        let (month, rest) = parts.split_once('.')?;
        let (week, day) = rest.split_once('.')?;
        let month = month.parse().ok().filter(|m| (1..=12).contains(m))?;
        let week = number(week, 5).filter(|w| *w > 0)?;
        Day::OfWeek(month, week, number(day, 6).filter(|d| *d >= 0)?)
    } else {
        Day::SinceNew(number(day, 365).filter(|n| *n >= 0)?)
    };
    Some((day, time(&mut at)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i64, month: u8, day: u8) -> i64 {
        days_of(Date { year, month, day }) * DAY
    }

    #[test]
    fn rules_for_ever() {
        let berlin = Rule::parse("CET-1CEST,M3.5.0,M10.5.0/3").expect("a rule");
        for (moment, hours) in [
            (at(2050, 3, 27) + 3599, 1),
            (at(2050, 3, 27) + 3600, 2),
            (at(2050, 10, 30) + 3599, 2),
            (at(2050, 10, 30) + 3600, 1),
            (at(9999, 7, 15), 2),
        ] {
            assert_eq!(berlin.offset_at(moment).seconds, hours * 3600, "{moment}");
        }
        // The south has its summer around the new year.
        let sydney = Rule::parse("AEST-10AEDT,M10.1.0,M4.1.0/3").expect("a rule");
        assert_eq!(sydney.offset_at(at(2060, 1, 1)).seconds, 11 * 3600);
        assert_eq!(sydney.offset_at(at(2060, 7, 1)).seconds, 10 * 3600);
    }

    #[test]
    fn forms_of_rules() {
        let seconds = |text| Rule::parse(text).map(|rule| rule.offset_at(at(2040, 7, 1)).seconds);
        assert_eq!(seconds("UTC0"), Some(0));
        assert_eq!(seconds("<+0545>-5:45"), Some(5 * 3600 + 45 * 60));
        assert_eq!(seconds("EST5EDT"), Some(-4 * 3600));
        assert_eq!(seconds("IST-1GMT0,M10.5.0,M3.5.0/1"), Some(3600));
        assert_eq!(seconds("X-1Y,J60,J300"), None);
        assert_eq!(seconds("AAA-1BBB,J60/0,300/-1:30"), Some(2 * 3600));
        for odd in [
            "",
            "A1",
            "CET",
            "CET-1CEST,M3.5.0",
            "CET-1CEST,M13.1.0,M1.1.0",
            "CET-x",
        ] {
            assert_eq!(Rule::parse(odd), None, "{odd}");
        }
    }
}

//! Dates: seconds since 1970 to calendar and back, in universal time and in the machine's time zone.

use super::zone::{Offset, zone};

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    pub year: i64,
    pub month: u8,
    pub day: u8,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

/// Seconds.
pub(super) const DAY: i64 = 86_400;

/// Days since 1970-01-01 of a date (after Howard Hinnant's public-domain derivation).
pub fn days_of(date: Date) -> i64 {
    let year = if date.month <= 2 {
        date.year - 1
    } else {
        date.year
    };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let month = i64::from(date.month);
    let of_year =
        (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + i64::from(date.day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day since 1970-01-01.
pub fn date_of(days: i64) -> Date {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    } as u8;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date { year, month, day }
}

/// Whether there is such a day.
pub fn is_valid(date: Date, time: Time) -> bool {
    (1..=12).contains(&date.month)
        && date.day >= 1
        && date_of(days_of(date)) == date
        && time.hour < 24
        && time.minute < 60
        && time.second < 60
}

/// Universal date and time of seconds since 1970.
pub fn universal(seconds: i64) -> (Date, Time) {
    let of_day = seconds.rem_euclid(DAY);
    let time = Time {
        hour: (of_day / 3600) as u8,
        minute: (of_day / 60 % 60) as u8,
        second: (of_day % 60) as u8,
    };
    (date_of(seconds.div_euclid(DAY)), time)
}

/// Seconds since 1970 of a universal date and time.
pub fn seconds_of(date: Date, time: Time) -> i64 {
    days_of(date) * DAY
        + i64::from(time.hour) * 3600
        + i64::from(time.minute) * 60
        + i64::from(time.second)
}

/// Seconds that local time is ahead of universal time at that moment.
pub fn offset_s(seconds: i64) -> i64 {
    zone().offset_at(seconds).seconds
}

/// Local date and time of seconds since 1970.
pub fn local(seconds: i64) -> (Date, Time) {
    universal(seconds + zone().offset_at(seconds).seconds)
}

/// Seconds since 1970 of a local date and time. `dst`: what the caller knows about daylight saving; the zone decides otherwise.
pub fn local_to_seconds(date: Date, time: Time, dst: Option<bool>) -> i64 {
    let wall = seconds_of(date, time);
    let zone = zone();
    let candidates = [
        zone.offset_at(wall - 14 * 3600),
        zone.offset_at(wall + 14 * 3600),
    ];
    let fits = |offset: &Offset| zone.offset_at(wall - offset.seconds) == *offset;
    // Of a time that comes twice, or not at all, the one without daylight saving is meant.
    let natural = match (fits(&candidates[0]), fits(&candidates[1])) {
        (true, false) => &candidates[0],
        (false, true) => &candidates[1],
        _ => candidates
            .iter()
            .find(|offset| !offset.dst)
            .unwrap_or(&candidates[0]),
    };
    let chosen = match dst {
        Some(dst) if dst != natural.dst => zone.offset_with(wall - natural.seconds, dst),
        _ => *natural,
    };
    wall - chosen.seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_agree() {
        for days in (-800_000..800_000).step_by(97) {
            assert_eq!(days_of(date_of(days)), days);
        }
        assert_eq!(
            date_of(0),
            Date {
                year: 1970,
                month: 1,
                day: 1
            }
        );
        assert_eq!(
            date_of(19_782),
            Date {
                year: 2024,
                month: 2,
                day: 29
            }
        );
        let noon = Time {
            hour: 12,
            minute: 0,
            second: 0,
        };
        assert!(!is_valid(
            Date {
                year: 2023,
                month: 2,
                day: 29
            },
            noon
        ));
        assert!(is_valid(
            Date {
                year: 2000,
                month: 2,
                day: 29
            },
            noon
        ));
    }
}

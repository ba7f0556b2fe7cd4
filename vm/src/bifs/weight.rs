//! Which arguments make a call of a built-in function long: measures for the table's rows ([`super::BifRow::long_if`]). A measure stops as
//! soon as it knows, so it costs at most what [`LONG_STEPS`] small steps do.

use super::cx::LONG_STEPS;
use crate::heap::{Term, is_heavier};

/// The first argument is large.
pub(super) fn first(args: &[Term<'_>]) -> bool {
    is_heavier(args[0], LONG_STEPS)
}

/// The second argument is large.
pub(super) fn second(args: &[Term<'_>]) -> bool {
    is_heavier(args[1], LONG_STEPS)
}

/// The fourth argument is large.
pub(super) fn fourth(args: &[Term<'_>]) -> bool {
    is_heavier(args[3], LONG_STEPS)
}

/// The first argument asks for so many bytes.
pub(super) fn first_count(args: &[Term<'_>]) -> bool {
    args[0].as_usize().is_some_and(|n| n > LONG_STEPS * 16)
}

/// The first argument is a large integer: its digits take more than time by the word.
pub(super) fn first_integer(args: &[Term<'_>]) -> bool {
    is_heavier(args[0], LONG_STEPS / 20)
}

/// The first argument is a text of many digits.
pub(super) fn first_digits(args: &[Term<'_>]) -> bool {
    match args[0].as_binary() {
        Some(bytes) => bytes.len() > LONG_STEPS,
        None => is_long_list(args[0]),
    }
}

/// The first argument is a long list; what its elements hold does not count.
pub(super) fn first_list(args: &[Term<'_>]) -> bool {
    is_long_list(args[0])
}

/// The first or second argument is a long list.
pub(super) fn either_list(args: &[Term<'_>]) -> bool {
    is_long_list(args[0]) || is_long_list(args[1])
}

/// The first argument is a map of many pairs.
pub(super) fn first_map(args: &[Term<'_>]) -> bool {
    is_large_map(args[0])
}

/// One of the first two arguments is a map of many pairs.
pub(super) fn either_map(args: &[Term<'_>]) -> bool {
    is_large_map(args[0]) || is_large_map(args[1])
}

fn is_long_list(t: Term<'_>) -> bool {
    t.iter_list().nth(LONG_STEPS).is_some()
}

fn is_large_map(t: Term<'_>) -> bool {
    t.as_map().is_some_and(|m| m.len() > LONG_STEPS / 2)
}

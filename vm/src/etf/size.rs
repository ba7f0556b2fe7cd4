//! `erlang:external_size`: how long the external form will be at most, without writing it. An upper bound like OTP's, exact for our writer.

use super::encode::{EncodeOptions, encode};
use crate::atoms::AtomTable;
use crate::heap::Term;

/// Bytes of the external form, version byte included.
pub fn external_size(atoms: &AtomTable, t: Term<'_>, options: EncodeOptions<'_>) -> usize {
    encode(
        atoms,
        t,
        EncodeOptions {
            compressed: 0,
            ..options
        },
    )
    .len()
}

//! Modules `unicode` and `unicode_util`: conversions of chardata, normalisation, grapheme clusters, letter case.

mod chardata;
mod codec;
pub mod convert;
pub mod lookup;
pub mod runs;
pub mod util;

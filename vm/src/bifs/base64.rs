//! The natives of `base64`: text without surprises, in both alphabets. What is none (white space, other characters, padding that is missing or too
//! much) is left to the Erlang side (`stdlib/src/base64.erl`), which knows the errors.

use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};

use crate::bifs::data::{Answer, binary_arg, spend};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx};
use crate::heap::Term;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("base64", "encode_native", 3, encode).long_if(weight::first),
    BifRow::new("base64", "decode_native", 3, decode).long_if(weight::first),
];

/// Bits that are set behind the last byte are no error, nor is padding that nobody asked for.
const fn engine(alphabet: &Alphabet, is_padded: bool) -> GeneralPurpose {
    let padding = match is_padded {
        true => DecodePaddingMode::RequireCanonical,
        false => DecodePaddingMode::Indifferent,
    };
    let config = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_encode_padding(is_padded)
        .with_decode_padding_mode(padding);
    GeneralPurpose::new(alphabet, config)
}

/// By alphabet (the standard one, that for addresses), without padding and with it.
static ENGINES: [[GeneralPurpose; 2]; 2] = [
    [engine(&STANDARD, false), engine(&STANDARD, true)],
    [engine(&URL_SAFE, false), engine(&URL_SAFE, true)],
];

fn is_true(t: Term<'_>) -> bool {
    t.is_atom(crate::atoms::TRUE)
}

fn engine_of(is_url_safe: Term<'_>, is_padded: Term<'_>) -> &'static GeneralPurpose {
    &ENGINES[usize::from(is_true(is_url_safe))][usize::from(is_true(is_padded))]
}

/// Characters between two looks at who else wants to run; a multiple of four, as their bytes are of three.
const PIECE: usize = 4 << 16;

/// `encode_native(Bytes, IsUrlSafe, IsPadded)`
fn encode<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let bytes = binary_arg(args[0])?;
    let engine = engine_of(args[1], args[2]);
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for piece in bytes.chunks(PIECE / 4 * 3) {
        engine.encode_string(piece, &mut text);
        cx.breathe();
    }
    spend(cx, bytes.len() / 8);
    Ok(cx.heap().binary(text.as_bytes()))
}

/// `decode_native(Text, IsUrlSafe, IsPadded)`: the bytes, or `false`.
fn decode<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let text = binary_arg(args[0])?;
    spend(cx, text.len() / 8);
    let bytes = decoded(&text, engine_of(args[1], args[2]), || cx.breathe());
    Ok(bytes.map_or(Term::bool(false), |bytes| cx.heap().binary(&bytes)))
}

fn decoded(text: &[u8], engine: &GeneralPurpose, breathe: impl Fn()) -> Option<Vec<u8>> {
    // Half a padding is an error even where none is needed.
    if text.ends_with(b"=") && !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for (i, piece) in text.chunks(PIECE).enumerate() {
        // Padding belongs to the end of all.
        if piece.ends_with(b"=") && (i + 1) * PIECE < text.len() {
            return None;
        }
        engine.decode_vec(piece, &mut bytes).ok()?;
        breathe();
    }
    Some(bytes)
}

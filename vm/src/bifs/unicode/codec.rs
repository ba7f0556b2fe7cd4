//! The encodings of `unicode`: one character from bytes, one character to bytes. Strict: no surrogates, no overlong forms.

use crate::atoms;
use crate::bifs::Raise;
use crate::heap::{Kind, Term};

/// An encoding of bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    Latin1,
    Utf8,
    Utf16 { little: bool },
    Utf32 { little: bool },
}

/// What bytes begin with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Char(char, usize),
    /// More bytes could make it a character.
    Incomplete,
    Invalid,
}

impl Encoding {
    /// `latin1 | unicode | utf8 | utf16 | utf32 | {utf16 | utf32, big | little}`
    pub(super) fn of<'h>(t: Term<'h>) -> Result<Encoding, Raise<'h>> {
        let (name, little) = match t.kind() {
            Kind::Atom(a) => (a, false),
            Kind::Tuple(p) if p.len() == 2 => {
                let little = match p.get(1).and_then(|e| e.as_atom()) {
                    Some(atoms::BIG) => false,
                    Some(atoms::LITTLE) => true,
                    _ => return Err(Raise::badarg()),
                };
                match p.get(0).and_then(|e| e.as_atom()) {
                    Some(a @ (atoms::UTF16 | atoms::UTF32)) => (a, little),
                    _ => return Err(Raise::badarg()),
                }
            }
            _ => return Err(Raise::badarg()),
        };
        match name {
            atoms::LATIN1 => Ok(Encoding::Latin1),
            atoms::UTF8 | atoms::UNICODE => Ok(Encoding::Utf8),
            atoms::UTF16 => Ok(Encoding::Utf16 { little }),
            atoms::UTF32 => Ok(Encoding::Utf32 { little }),
            _ => Err(Raise::badarg()),
        }
    }

    /// The first character of some bytes, of which there is at least one.
    pub(super) fn first(self, bytes: &[u8]) -> Step {
        match self {
            Encoding::Latin1 => Step::Char(bytes[0] as char, 1),
            Encoding::Utf8 => utf8(bytes),
            Encoding::Utf16 { little } => utf16(bytes, little),
            Encoding::Utf32 { little } => {
                let Some(word) = bytes.first_chunk::<4>() else {
                    return Step::Incomplete;
                };
                let n = if little {
                    u32::from_le_bytes(*word)
                } else {
                    u32::from_be_bytes(*word)
                };
                char::from_u32(n).map_or(Step::Invalid, |c| Step::Char(c, 4))
            }
        }
    }

    /// Appends a character; false if the encoding has no place for it.
    pub(super) fn push(self, c: char, out: &mut Vec<u8>) -> bool {
        match self {
            Encoding::Latin1 => match u8::try_from(c as u32) {
                Ok(b) => out.push(b),
                Err(_) => return false,
            },
            Encoding::Utf8 => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Encoding::Utf16 { little } => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.extend_from_slice(&if little {
                        unit.to_le_bytes()
                    } else {
                        unit.to_be_bytes()
                    });
                }
            }
            Encoding::Utf32 { little } => {
                let n = c as u32;
                out.extend_from_slice(&if little {
                    n.to_le_bytes()
                } else {
                    n.to_be_bytes()
                });
            }
        }
        true
    }
}

fn utf8(bytes: &[u8]) -> Step {
    let first = bytes[0];
    if first < 0x80 {
        return Step::Char(first as char, 1);
    }
    let n = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Step::Invalid,
    };
    // `from_utf8` tells a cut-off character (no error length) from a wrong one.
    match std::str::from_utf8(&bytes[..n.min(bytes.len())]) {
        Ok(s) => s.chars().next().map_or(Step::Invalid, |c| Step::Char(c, n)),
        Err(e) if e.valid_up_to() == 0 && e.error_len().is_none() => Step::Incomplete,
        Err(_) => Step::Invalid,
    }
}

fn utf16(bytes: &[u8], little: bool) -> Step {
    let unit = |at: usize| {
        let pair = bytes.get(at..at + 2).and_then(|p| p.first_chunk::<2>())?;
        Some(if little {
            u16::from_le_bytes(*pair)
        } else {
            u16::from_be_bytes(*pair)
        })
    };
    let Some(high) = unit(0) else {
        return Step::Incomplete;
    };
    if !(0xd800..0xe000).contains(&high) {
        return char::from_u32(high as u32).map_or(Step::Invalid, |c| Step::Char(c, 2));
    }
    if high >= 0xdc00 {
        return Step::Invalid;
    }
    let Some(low) = unit(2) else {
        return Step::Incomplete;
    };
    match char::decode_utf16([high, low]).next() {
        Some(Ok(c)) => Step::Char(c, 4),
        _ => Step::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_off_and_wrong_are_told_apart() {
        for (bytes, want) in [
            (&[0xc3][..], Step::Incomplete),
            (&[0xe2, 0x82], Step::Incomplete),
            (&[0xed, 0xa0], Step::Invalid),
            (&[0xc0, 0x80], Step::Invalid),
            (&[0xf4, 0x90, 0x80, 0x80], Step::Invalid),
            (&[0xc3, 0xa4, 0xff], Step::Char('ä', 2)),
            (&[0xc3, 0x41], Step::Invalid),
            (&[0x80], Step::Invalid),
        ] {
            assert_eq!(Encoding::Utf8.first(bytes), want, "{bytes:x?}");
        }
        let wide = Encoding::Utf16 { little: false };
        assert_eq!(wide.first(&[0xd8]), Step::Incomplete);
        assert_eq!(wide.first(&[0xd8, 0x3d]), Step::Incomplete);
        assert_eq!(wide.first(&[0xd8, 0x3d, 0xde, 0]), Step::Char('😀', 4));
        assert_eq!(wide.first(&[0xdc, 0, 0, 0]), Step::Invalid);
    }
}

//! The argument of `~s`: deep lists of characters and binaries, binaries, atoms.

use super::FormatError;
use crate::view::{Shape, View};

/// The characters of a `~s` (`unicode` false: bytes) or `~ts` argument.
pub(super) fn flatten<V: View>(term: V, unicode: bool) -> Result<String, FormatError> {
    if let Shape::Atom(text) = term.shape() {
        return if unicode || text.chars().all(|c| u32::from(c) < 256) {
            Ok(text.into_owned())
        } else {
            Err(FormatError::BadArgument)
        };
    }
    if !matches!(
        term.shape(),
        Shape::Cons(..) | Shape::Nil | Shape::Bits { .. }
    ) {
        return Err(FormatError::BadArgument);
    }
    if unicode {
        match read(term, Reading::Utf8) {
            // Binaries that are no UTF-8: everything is read as bytes instead.
            Err(Failure::Encoding) => {}
            Err(Failure::Type) => return Err(FormatError::BadArgument),
            Ok(text) => return Ok(text),
        }
    }
    read(term, Reading::Bytes).map_err(|_| FormatError::BadArgument)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Utf8,
    Bytes,
}

enum Failure {
    Type,
    Encoding,
}

fn read<V: View>(term: V, reading: Reading) -> Result<String, Failure> {
    let mut out = String::new();
    // A tail may be a list or a binary but not a character.
    let mut todo = vec![(term, true)];
    while let Some((view, is_tail)) = todo.pop() {
        match view.shape() {
            Shape::Nil => {}
            Shape::Cons(head, tail) => todo.extend([(tail, true), (head, false)]),
            Shape::Bits { bytes, bits, .. } if bits.is_multiple_of(8) => match reading {
                Reading::Utf8 => {
                    out.push_str(std::str::from_utf8(&bytes).map_err(|_| Failure::Encoding)?)
                }
                Reading::Bytes => out.extend(bytes.iter().map(|b| char::from(*b))),
            },
            Shape::Small(code) if !is_tail => {
                let limit = if reading == Reading::Bytes {
                    0xFF
                } else {
                    0x10_FFFF
                };
                let code = u32::try_from(code)
                    .ok()
                    .filter(|code| *code <= limit)
                    .ok_or(Failure::Type)?;
                out.push(char::from_u32(code).ok_or(Failure::Type)?);
            }
            // A capture that was cut shows its mark.
            Shape::Cut(mark) => out.push_str(&mark),
            _ => return Err(Failure::Type),
        }
    }
    Ok(out)
}

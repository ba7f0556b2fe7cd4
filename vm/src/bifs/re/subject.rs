//! The text that is searched: bytes, or UTF-8 for a Unicode pattern. A binary is used where it lies; other iodata and chardata is
//! collected first.

use std::borrow::Cow;

use transom_re::Subject;

use super::options::bad_argument;
use crate::bifs::data::iodata_bytes;
use crate::bifs::unicode::convert::utf8_of;
use crate::bifs::{Cx, Raise};
use crate::heap::Term;

/// See the module.
pub struct Text<'h> {
    bytes: Cow<'h, [u8]>,
    unicode: bool,
    /// The binary it lies in: parts of it can be given without a copy.
    whole: Option<Term<'h>>,
}

impl<'h> Text<'h> {
    /// Of a subject or a pattern.
    pub fn of(cx: &Cx<'h>, t: Term<'h>, unicode: bool) -> Result<Text<'h>, Raise<'h>> {
        if let Some(bytes) = t.as_binary() {
            if unicode && std::str::from_utf8(&bytes).is_err() {
                return Err(bad_argument());
            }
            return Ok(Text {
                bytes,
                unicode,
                whole: Some(t),
            });
        }
        if !t.is_list() {
            return Err(bad_argument());
        }
        let bytes = if unicode {
            utf8_of(cx, t).ok_or_else(bad_argument)?
        } else {
            iodata_bytes(t).map_err(|_| bad_argument())?
        };
        Ok(Text {
            bytes: Cow::Owned(bytes),
            unicode,
            whole: None,
        })
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn is_unicode(&self) -> bool {
        self.unicode
    }

    pub fn subject(&self) -> Subject<'_> {
        subject(&self.bytes, self.unicode)
    }

    /// A part as a binary.
    pub fn binary(&self, cx: &Cx<'h>, from: usize, to: usize) -> Term<'h> {
        match self.whole.and_then(|t| t.as_bits()) {
            Some(bits) if to > from => cx.heap().sub_bits(bits, from * 8, (to - from) * 8),
            _ => cx.heap().binary(&self.bytes[from..to]),
        }
    }

    /// A part as a list of characters or bytes.
    pub fn list(&self, cx: &Cx<'h>, from: usize, to: usize) -> Term<'h> {
        let part = &self.bytes[from..to];
        if self.unicode {
            return cx.heap().string(&String::from_utf8_lossy(part));
        }
        cx.heap()
            .list_from(part.iter().map(|b| cx.heap().int(i64::from(*b))))
    }
}

/// Bytes as a subject; text was checked to be UTF-8 when it was taken.
pub fn subject(bytes: &[u8], unicode: bool) -> Subject<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) if unicode => Subject::Text(text),
        _ => Subject::Bytes(bytes),
    }
}

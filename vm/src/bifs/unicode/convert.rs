//! Module `unicode`: `characters_to_list`, `characters_to_binary`, the normal forms, byte order marks.

use super::chardata::{Cursor, Next};
use super::codec::{Encoding, Step};
use crate::atoms;
use crate::bifs::data::{Answer, binary_arg, pair, spend};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use unicode_normalization::UnicodeNormalization;

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("unicode", "characters_to_list", 1, |cx, a| {
        to_list(cx, a[0], Encoding::Utf8)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_list", 2, |cx, a| {
        to_list(cx, a[0], Encoding::of(a[1])?)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_binary", 1, |cx, a| {
        to_binary(cx, a[0], Encoding::Utf8, Encoding::Utf8)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_binary", 2, |cx, a| {
        to_binary(cx, a[0], Encoding::of(a[1])?, Encoding::Utf8)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_binary", 3, |cx, a| {
        to_binary(cx, a[0], Encoding::of(a[1])?, Encoding::of(a[2])?)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_nfc_list", 1, |cx, a| {
        normal(cx, a[0], Form::Nfc, false)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_nfd_list", 1, |cx, a| {
        normal(cx, a[0], Form::Nfd, false)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_nfkc_list", 1, |cx, a| {
        normal(cx, a[0], Form::Nfkc, false)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_nfkd_list", 1, |cx, a| {
        normal(cx, a[0], Form::Nfkd, false)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_nfc_binary", 1, |cx, a| {
        normal(cx, a[0], Form::Nfc, true)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_nfd_binary", 1, |cx, a| {
        normal(cx, a[0], Form::Nfd, true)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_nfkc_binary", 1, |cx, a| {
        normal(cx, a[0], Form::Nfkc, true)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "characters_to_nfkd_binary", 1, |cx, a| {
        normal(cx, a[0], Form::Nfkd, true)
    })
    .long_if(weight::first),
    BifRow::new("unicode", "bom_to_encoding", 1, bom_to_encoding),
    BifRow::new("unicode", "encoding_to_bom", 1, encoding_to_bom),
];

/// How a conversion ended.
enum End<'h> {
    Done,
    Error(Term<'h>),
    Incomplete(Term<'h>),
}

/// Gives every character to `each`, which answers false for one it cannot take.
fn convert<'h>(
    cx: &Cx<'h>,
    t: Term<'h>,
    from: Encoding,
    wrap: bool,
    mut each: impl FnMut(char) -> bool,
) -> Result<End<'h>, Raise<'h>> {
    let mut cursor = Cursor::new(t);
    let mut n = 0;
    loop {
        n += cursor.ascii(from, |c| {
            each(c);
        });
        let before = cursor.clone();
        match cursor.next(from)? {
            Next::Char(c) => {
                n += 1;
                if !each(c) {
                    spend(cx, n);
                    return Ok(End::Error(refused(cx, &before, c, cursor, wrap)));
                }
            }
            Next::End => {
                spend(cx, n);
                return Ok(End::Done);
            }
            Next::Invalid => return Ok(End::Error(cursor.rest(cx))),
            Next::Cut(bits, at) => {
                let bytes = bits.bytes()[at..].to_vec();
                cursor.skip_binary();
                match across(&mut cursor, bytes, from) {
                    Ok(c) if each(c) => {}
                    Ok(_) => return Ok(End::Error(before.rest(cx))),
                    Err(bytes) => {
                        let cut = cx.heap().binary(&bytes);
                        if cursor.is_at_end() {
                            return Ok(End::Incomplete(cut));
                        }
                        return Ok(End::Error(cx.heap().list(&[cut, cursor.rest(cx)])));
                    }
                }
            }
        }
    }
}

/// A character whose bytes lie in several binaries; without one, the bytes collected.
fn across(cursor: &mut Cursor<'_>, mut bytes: Vec<u8>, from: Encoding) -> Result<char, Vec<u8>> {
    loop {
        let Some((next, at)) = cursor.take_binary() else {
            return Err(bytes);
        };
        let more = next.bytes();
        let (old, mut taken) = (bytes.len(), at);
        loop {
            if taken == more.len() {
                cursor.skip_binary();
                break;
            }
            bytes.push(more[taken]);
            taken += 1;
            match from.first(&bytes) {
                Step::Char(c, _) => {
                    cursor.advance(taken - at);
                    return Ok(c);
                }
                Step::Incomplete => {}
                Step::Invalid => {
                    bytes.truncate(old);
                    return Err(bytes);
                }
            }
        }
    }
}

/// What is left when the output has no place for a character: like the input, but for `wrap`ped integers.
fn refused<'h>(
    cx: &Cx<'h>,
    before: &Cursor<'h>,
    c: char,
    after: Cursor<'h>,
    wrap: bool,
) -> Term<'h> {
    let mut probe = before.clone();
    if wrap && probe.take_binary().is_none() {
        let lone = cx.heap().list(&[cx.heap().int(c as i64)]);
        return after.rest_with(cx, lone);
    }
    before.rest(cx)
}

/// Chardata as UTF-8; nothing for what is no chardata or not complete.
pub fn utf8_of<'h>(cx: &Cx<'h>, t: Term<'h>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let end = convert(cx, t, Encoding::Utf8, false, |c| {
        Encoding::Utf8.push(c, &mut out)
    });
    matches!(end, Ok(End::Done)).then_some(out)
}

fn chars_to_list<'h>(cx: &Cx<'h>, all: &[char]) -> Term<'h> {
    let terms: Vec<Term<'h>> = all.iter().map(|c| cx.heap().int(*c as i64)).collect();
    cx.heap().list(&terms)
}

fn ended<'h>(cx: &Cx<'h>, end: End<'h>, value: Term<'h>) -> Term<'h> {
    match end {
        End::Done => value,
        End::Error(rest) => cx.heap().tuple(&[Term::atom(atoms::ERROR), value, rest]),
        End::Incomplete(rest) => cx
            .heap()
            .tuple(&[Term::atom(atoms::INCOMPLETE), value, rest]),
    }
}

fn to_list<'h>(cx: &Cx<'h>, t: Term<'h>, from: Encoding) -> Answer<'h> {
    let mut out = Vec::new();
    let end = convert(cx, t, from, false, |c| {
        out.push(c);
        true
    })?;
    let value = chars_to_list(cx, &out);
    Ok(ended(cx, end, value))
}

fn to_binary<'h>(cx: &Cx<'h>, t: Term<'h>, from: Encoding, to: Encoding) -> Answer<'h> {
    let plain = |e| matches!(e, Encoding::Utf8 | Encoding::Latin1);
    if plain(from)
        && plain(to)
        && let Some(bits) = t.as_bits().filter(|b| b.is_binary())
        && (bits.bytes().is_ascii()
            || from == Encoding::Utf8
                && to == Encoding::Utf8
                && std::str::from_utf8(&bits.bytes()).is_ok())
    {
        spend(cx, bits.bytes().len() / 16);
        return Ok(t);
    }
    let mut out = Vec::new();
    let end = convert(cx, t, from, to != Encoding::Utf8, |c| to.push(c, &mut out))?;
    let value = cx.heap().binary(&out);
    Ok(ended(cx, end, value))
}

/// A normal form.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
}

pub(super) fn normalized(all: impl Iterator<Item = char>, form: Form) -> Vec<char> {
    match form {
        Form::Nfc => all.nfc().collect(),
        Form::Nfd => all.nfd().collect(),
        Form::Nfkc => all.nfkc().collect(),
        Form::Nfkd => all.nfkd().collect(),
    }
}

fn normal<'h>(cx: &Cx<'h>, t: Term<'h>, form: Form, binary: bool) -> Answer<'h> {
    let mut out = Vec::new();
    let end = convert(cx, t, Encoding::Utf8, false, |c| {
        out.push(c);
        true
    })?;
    let out = normalized(out.into_iter(), form);
    let value = if binary {
        cx.heap()
            .binary(out.into_iter().collect::<String>().as_bytes())
    } else {
        chars_to_list(cx, &out)
    };
    // These functions know no `incomplete`.
    let end = match end {
        End::Incomplete(rest) => End::Error(rest),
        other => other,
    };
    Ok(ended(cx, end, value))
}

fn bom_to_encoding<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let bytes = binary_arg(a[0]).map_err(|_| Raise::error_atom(atoms::FUNCTION_CLAUSE))?;
    let (name, endian, n) = match &bytes[..] {
        [0xef, 0xbb, 0xbf, ..] => (atoms::UTF8, None, 3),
        [0, 0, 0xfe, 0xff, ..] => (atoms::UTF32, Some(atoms::BIG), 4),
        [0xff, 0xfe, 0, 0, ..] => (atoms::UTF32, Some(atoms::LITTLE), 4),
        [0xfe, 0xff, ..] => (atoms::UTF16, Some(atoms::BIG), 2),
        [0xff, 0xfe, ..] => (atoms::UTF16, Some(atoms::LITTLE), 2),
        _ => (atoms::LATIN1, None, 0),
    };
    let encoding = endian.map_or(Term::atom(name), |e| {
        pair(cx, Term::atom(name), Term::atom(e))
    });
    Ok(pair(cx, encoding, cx.heap().int(n)))
}

fn encoding_to_bom<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let mut out = Vec::new();
    let encoding = Encoding::of(a[0]).map_err(|_| Raise::error_atom(atoms::FUNCTION_CLAUSE))?;
    if encoding != Encoding::Latin1 {
        encoding.push('\u{feff}', &mut out);
    }
    Ok(cx.heap().binary(&out))
}

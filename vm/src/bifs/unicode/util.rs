//! Module `unicode_util`: the first character or grapheme cluster of chardata, and the letter cases and normal forms of it.

use super::chardata::{COMBINING, Cursor, Next};
use super::codec::Encoding;
use super::convert::{Form, normalized};
use crate::atoms;
use crate::bifs::data::{Answer, code_point, pair};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use smallvec::SmallVec;
use unicode_segmentation::{UNICODE_VERSION, UnicodeSegmentation};

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("unicode_util", "cp", 1, |cx, a| mapped(cx, a[0], one)),
    BifRow::new("unicode_util", "gc", 1, |cx, a| {
        clustered(cx, a[0], |all| all)
    }),
    BifRow::new("unicode_util", "uppercase", 1, |cx, a| {
        mapped(cx, a[0], |c| c.to_uppercase().collect())
    }),
    BifRow::new("unicode_util", "lowercase", 1, |cx, a| {
        mapped(cx, a[0], |c| c.to_lowercase().collect())
    }),
    BifRow::new("unicode_util", "titlecase", 1, |cx, a| {
        mapped(cx, a[0], title)
    }),
    BifRow::new("unicode_util", "casefold", 1, |cx, a| {
        mapped(cx, a[0], fold)
    }),
    BifRow::new("unicode_util", "nfc", 1, |cx, a| {
        clustered(cx, a[0], |all| form(all, Form::Nfc))
    }),
    BifRow::new("unicode_util", "nfd", 1, |cx, a| {
        clustered(cx, a[0], |all| form(all, Form::Nfd))
    }),
    BifRow::new("unicode_util", "nfkc", 1, |cx, a| {
        clustered(cx, a[0], |all| form(all, Form::Nfkc))
    }),
    BifRow::new("unicode_util", "nfkd", 1, |cx, a| {
        clustered(cx, a[0], |all| form(all, Form::Nfkd))
    }),
    BifRow::new("unicode_util", "whitespace", 0, whitespace),
    BifRow::new("unicode_util", "is_whitespace", 1, |_, a| {
        Ok(Term::bool(is_whitespace(a[0])))
    }),
    BifRow::new("unicode_util", "spec_version", 0, |cx, _| {
        Ok(pair(
            cx,
            cx.heap().int(UNICODE_VERSION.0 as i64),
            cx.heap().int(UNICODE_VERSION.1 as i64),
        ))
    }),
];

pub(super) type Chars = SmallVec<[char; 8]>;

fn one(c: char) -> Chars {
    SmallVec::from_slice(&[c])
}

/// One character stands as an integer, several as a list.
pub(super) fn cluster<'h>(cx: &Cx<'h>, all: &[char]) -> Term<'h> {
    match all {
        [c] => cx.heap().int(*c as i64),
        _ => cx
            .heap()
            .list_from(all.iter().map(|c| cx.heap().int(*c as i64))),
    }
}

pub(super) fn failed<'h>(cx: &Cx<'h>, cursor: &Cursor<'h>) -> Term<'h> {
    pair(cx, Term::atom(atoms::ERROR), cursor.flat_rest(cx))
}

/// The next character. What is no chardata matches no clause of these functions in OTP, where they are Erlang.
pub(super) fn next<'h>(cursor: &mut Cursor<'h>) -> Result<Next<'h>, Raise<'h>> {
    cursor
        .next(Encoding::Utf8)
        .map_err(|_| Raise::error_atom(atoms::FUNCTION_CLAUSE))
}

/// `[Mapped | Rest]`, `[]` at the end, `{error, Rest}` at what is no character.
fn mapped<'h>(cx: &Cx<'h>, t: Term<'h>, f: impl Fn(char) -> Chars) -> Answer<'h> {
    let mut cursor = Cursor::new(t);
    Ok(match next(&mut cursor)? {
        Next::Char(c) => {
            let first = cluster(cx, &f(c));
            cx.heap().cons(first, cursor.flat_rest(cx))
        }
        Next::End => Term::NIL,
        Next::Invalid | Next::Cut(..) => failed(cx, &cursor),
    })
}

/// What [`read_cluster`] found.
pub(super) enum Read {
    Cluster(Chars),
    End,
    /// The cursor stands in front of it.
    Invalid,
}

/// The next cluster, which the cursor moves behind.
pub(super) fn read_cluster<'h>(cursor: &mut Cursor<'h>) -> Result<Read, Raise<'h>> {
    let first = match next(cursor)? {
        Next::Char(c) => c,
        Next::End => return Ok(Read::End),
        Next::Invalid | Next::Cut(..) => return Ok(Read::Invalid),
    };
    let mut all = one(first);
    // One character more at a time until it begins a cluster of its own; most clusters are one character.
    let mut text = String::new();
    loop {
        let mut ahead = cursor.clone();
        let Ok(Next::Char(c)) = ahead.next(Encoding::Utf8) else {
            break;
        };
        let plain = c < COMBINING && (c.is_ascii() || *all.last().unwrap_or(&c) < COMBINING);
        if plain && !(first == '\r' && c == '\n') {
            break;
        }
        if text.is_empty() {
            text.extend(&all);
        }
        text.push(c);
        if text.graphemes(true).nth(1).is_some() {
            break;
        }
        all.push(c);
        *cursor = ahead;
    }
    Ok(Read::Cluster(all))
}

fn clustered<'h>(cx: &Cx<'h>, t: Term<'h>, f: impl Fn(Chars) -> Chars) -> Answer<'h> {
    let mut cursor = Cursor::new(t);
    Ok(match read_cluster(&mut cursor)? {
        Read::Cluster(all) => {
            let head = cluster(cx, &f(all));
            cx.heap().cons(head, cursor.flat_rest(cx))
        }
        Read::End => Term::NIL,
        Read::Invalid => failed(cx, &cursor),
    })
}

fn form(all: Chars, form: Form) -> Chars {
    if all.len() == 1 && all[0].is_ascii() {
        return all;
    }
    normalized(all.into_iter(), form).into_iter().collect()
}

/// Letters whose title case is not their upper case: digraphs, letters with iota, Georgian.
fn title(c: char) -> Chars {
    let n = c as u32;
    match n {
        0x1c4..=0x1cc => one(char::from_u32((n - 0x1c4) / 3 * 3 + 0x1c5).unwrap_or(c)),
        0x1f1..=0x1f3 => one('\u{1f2}'),
        0x10d0..=0x10ff => one(c),
        0x1f80..=0x1faf => one(char::from_u32(n | 8).unwrap_or(c)),
        0x1fb3 | 0x1fc3 | 0x1ff3 => one(char::from_u32(n + 9).unwrap_or(c)),
        _ => {
            let upper: Chars = c.to_uppercase().collect();
            if upper.len() == 1 {
                return upper;
            }
            upper[..1]
                .iter()
                .copied()
                .chain(upper[1..].iter().flat_map(|c| c.to_lowercase()))
                .collect()
        }
    }
}

/// Full case folding: what upper and lower case of a letter have in common.
pub(super) fn fold(c: char) -> Chars {
    let n = c as u32;
    match n {
        // A dotless i has no dotted relatives; Cherokee folds to its capitals.
        0x131 | 0x13a0..=0x13f5 => one(c),
        0x130 => c.to_lowercase().collect(),
        0x13f8..=0x13fd | 0xab70..=0xabbf => c.to_uppercase().collect(),
        0x1e9e => SmallVec::from_slice(&['s', 's']),
        _ => c.to_uppercase().flat_map(char::to_lowercase).collect(),
    }
}

const WHITESPACE: &[u32] = &[9, 10, 11, 12, 13, 32, 133, 8206, 8207, 8232, 8233];

/// A cluster of CR and LF, and single characters.
fn whitespace<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Answer<'h> {
    let crlf = cluster(cx, &['\r', '\n']);
    Ok(cx.heap().list_from(
        [crlf]
            .into_iter()
            .chain(WHITESPACE.iter().map(|c| cx.heap().int(*c as i64))),
    ))
}

fn is_whitespace(t: Term<'_>) -> bool {
    let is = |t: Term<'_>| code_point(t).is_some_and(|c| WHITESPACE.contains(&(c as u32)));
    match t.as_cons() {
        Some(c) => {
            let rest = c
                .tail()
                .as_cons()
                .map(|d| (d.head().as_small(), d.tail().is_nil()));
            c.head().as_small() == Some(13) && rest == Some((Some(10), true))
        }
        None => is(t),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_those_of_unicode() {
        let text = |c: Chars| c.into_iter().collect::<String>();
        assert_eq!(text(title('ǆ')), "ǅ");
        assert_eq!(text(title('ß')), "Ss");
        assert_eq!(text(title('a')), "A");
        assert_eq!(text(fold('ß')), "ss");
        assert_eq!(text(fold('ς')), "σ");
        assert_eq!(text(fold('ı')), "ı");
        assert_eq!(text(fold('İ')), "i\u{307}");
    }
}

//! Characters: which are printable, how quoted text is escaped, when an atom needs quotes.

use crate::options::Encoding;

/// `io:printable_range/0`: which characters make a list of integers look like text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharRange {
    Latin1,
    Unicode,
}

/// Whether `code` may stand in a printable string.
pub fn is_printable(code: i64, range: CharRange) -> bool {
    match code {
        32..=126 | 160..=255 => true,
        8..=13 | 27 => true,
        256..=0xD7FF | 0xE000..=0xFFFD | 0x1_0000..=0x10_FFFF => range == CharRange::Unicode,
        _ => false,
    }
}

/// Appends `text` in quotes, with what needs it escaped; characters the encoding cannot show become `\x{..}`.
pub(crate) fn push_quoted(out: &mut String, text: &str, quote: char, encoding: Encoding) {
    out.push(quote);
    for c in text.chars() {
        push_escaped(out, c, quote, encoding);
    }
    out.push(quote);
}

/// `text` in quotes, with what needs it escaped; characters the encoding cannot show become `\x{..}`.
pub fn quoted(text: &str, quote: char, encoding: Encoding) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text, quote, encoding);
    out
}

fn push_escaped(out: &mut String, c: char, quote: char, encoding: Encoding) {
    match c {
        c if c == quote => {
            out.push('\\');
            out.push(c);
        }
        '\\' => out.push_str("\\\\"),
        ' '..='~' => out.push(c),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        '\u{b}' => out.push_str("\\v"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\u{1b}' => out.push_str("\\e"),
        '\u{7f}' => out.push_str("\\d"),
        '\0'..='\u{9f}' => {
            let code = u32::from(c);
            out.push('\\');
            for shift in [6, 3, 0] {
                out.push(
                    char::from_digit((code >> shift) & 7, 8)
                        .expect("a value of three bits is an octal digit"),
                );
            }
        }
        '\u{a0}'..='\u{ff}' => out.push(c),
        _ if encoding == Encoding::Unicode => out.push(c),
        _ => out.push_str(&format!("\\x{{{:X}}}", u32::from(c))),
    }
}

const RESERVED: &[&str] = &[
    "after", "and", "andalso", "band", "begin", "bnot", "bor", "bsl", "bsr", "bxor", "case",
    "catch", "cond", "div", "else", "end", "fun", "if", "let", "maybe", "not", "of", "or",
    "orelse", "receive", "rem", "try", "when", "xor",
];

/// Words that are no atoms without quotes. `maybe` and `else` are among them, as the `maybe` feature is on: what is printed can be read.
fn is_reserved(text: &str) -> bool {
    RESERVED.binary_search(&text).is_ok()
}

fn needs_quotes(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('a'..='z' | 'ß'..='ö' | 'ø'..='ÿ') => {}
        _ => return true,
    }
    let plain = |c: char| matches!(c, 'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ' | 'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | '0'..='9' | '_' | '@');
    !chars.all(plain) || is_reserved(text)
}

/// An atom as source text would have it, quoted if it must be.
pub fn atom_text(text: &str, encoding: Encoding) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_atom(&mut out, text, encoding);
    out
}

pub(crate) fn push_atom(out: &mut String, text: &str, encoding: Encoding) {
    if needs_quotes(text) {
        push_quoted(out, text, '\'', encoding);
    } else {
        out.push_str(text);
    }
}

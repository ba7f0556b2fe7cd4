//! As much of Erlang's words as an editor needs: where an expression ends, and colours.

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// A dot that ends an expression.
    Dot,
    Space,
    Comment,
    Text,
    /// A string, quoted atom or character that is not closed yet.
    Open,
    Number,
    Variable,
    Keyword,
    Word,
    Sign,
}

const KEYWORDS: &[&str] = &[
    "after", "and", "andalso", "band", "begin", "bnot", "bor", "bsl", "bsr", "bxor", "case",
    "catch", "div", "else", "end", "fun", "if", "maybe", "not", "of", "or", "orelse", "receive",
    "rem", "try", "when", "xor",
];

/// Whether the text ends with a dot that ends an expression. An empty line is complete, too: the shell asks again.
pub fn is_complete(text: &str) -> bool {
    let mut last = Piece::Space;
    for (piece, _) in pieces(text) {
        if !matches!(piece, Piece::Space | Piece::Comment) {
            last = piece;
        }
    }
    matches!(last, Piece::Dot | Piece::Space)
}

/// The text with colours.
pub fn coloured(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for (piece, part) in pieces(text) {
        let colour = match piece {
            Piece::Comment => "\x1b[2m",
            Piece::Text | Piece::Open => "\x1b[32m",
            Piece::Number => "\x1b[35m",
            Piece::Variable => "\x1b[36m",
            Piece::Keyword => "\x1b[1m",
            Piece::Dot | Piece::Space | Piece::Word | Piece::Sign => "",
        };
        out.push_str(colour);
        out.push_str(part);
        if !colour.is_empty() {
            out.push_str("\x1b[0m");
        }
    }
    out
}

/// The text in pieces, nothing left out.
fn pieces(text: &str) -> Vec<(Piece, &str)> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (piece, length) = piece(rest, first);
        let (part, after) = rest.split_at(length);
        all.push((piece, part));
        rest = after;
    }
    all
}

fn piece(rest: &str, first: char) -> (Piece, usize) {
    let while_ = |f: fn(char) -> bool| rest.find(|c| !f(c)).unwrap_or(rest.len());
    let in_word = |c: char| c.is_alphanumeric() || c == '_' || c == '@';
    match first {
        c if c.is_whitespace() => (Piece::Space, while_(char::is_whitespace)),
        '%' => (Piece::Comment, rest.find('\n').unwrap_or(rest.len())),
        '"' if rest.starts_with("\"\"\"") => triple_quoted(rest),
        '"' | '\'' => quoted(rest, first),
        '$' => character(rest),
        '.' if rest[1..]
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || c == '%') =>
        {
            (Piece::Dot, 1)
        }
        c if c.is_ascii_digit() => (Piece::Number, number(rest)),
        c if c == '_' || c.is_uppercase() => (Piece::Variable, while_(in_word)),
        c if c.is_alphabetic() => {
            let length = while_(in_word);
            let keyword = KEYWORDS.contains(&&rest[..length]);
            let piece = if keyword { Piece::Keyword } else { Piece::Word };
            (piece, length)
        }
        c => (Piece::Sign, c.len_utf8()),
    }
}

fn quoted(rest: &str, quote: char) -> (Piece, usize) {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return (Piece::Text, at + 1),
            _ => {}
        }
    }
    (Piece::Open, rest.len())
}

/// Ends with as many quotes as it began with, alone at the start of a line.
fn triple_quoted(rest: &str) -> (Piece, usize) {
    let quotes = rest.find(|c| c != '"').unwrap_or(rest.len());
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if at > 0 && trimmed.starts_with(&rest[..quotes]) {
            return (Piece::Text, at + (line.len() - trimmed.len()) + quotes);
        }
        at += line.len();
    }
    // Two quotes and then others: no such string after all, an empty one.
    if quotes == 3 || rest.contains('\n') {
        (Piece::Open, rest.len())
    } else {
        (Piece::Text, 2)
    }
}

/// `$a`, `$\n`, `$\x{1F600}`
fn character(rest: &str) -> (Piece, usize) {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        None => (Piece::Open, rest.len()),
        Some((_, '\\')) => match chars.next() {
            None => (Piece::Open, rest.len()),
            Some((at, c)) => (Piece::Text, at + c.len_utf8()),
        },
        Some((at, c)) => (Piece::Text, at + c.len_utf8()),
    }
}

/// Digits, base, fraction: a dot belongs to it only before a digit.
fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let next_is_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        match bytes[at] {
            b if b.is_ascii_alphanumeric() || b == b'_' || b == b'#' => at += 1,
            b'.' if next_is_digit => at += 1,
            b'-' | b'+' if at > 0 && matches!(bytes[at - 1], b'e' | b'E') && next_is_digit => {
                at += 1;
            }
            _ => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_complete_at_a_dot_of_its_own() {
        for text in [
            "",
            "  ",
            "1.",
            "1. ",
            "lists:seq(1, 3). % three",
            "X = \"a.b\".",
            "$..",
            "1.5.",
            "'it''s'.",
            "f(). g().",
            "\"\"\"\n text.\n \"\"\".",
            "2.0e-3.",
        ] {
            assert!(is_complete(text), "{text:?}");
        }
        for text in [
            "1",
            "X =",
            "\"a.",
            "'b.",
            "% only a comment.\nx",
            "1.5",
            "f(). g()",
            "$.",
            "\"\"\"\n text.",
            "case X of",
            "#r.a",
        ] {
            assert!(!is_complete(text), "{text:?}");
        }
    }

    #[test]
    fn pieces_leave_nothing_out() {
        for text in [
            "$",
            "$\\",
            "\"",
            "'",
            "\"\"\"",
            "\"\"\"\"",
            "1.",
            "é.ü$é",
            "a\u{1F600}.\n%",
        ] {
            let all: String = pieces(text).iter().map(|(_, part)| *part).collect();
            assert_eq!(all, text);
        }
    }

    #[test]
    fn colours_change_nothing_but_colour() {
        let text = "case \"s\" of X -> 1 end. % c";
        let mut plain = coloured(text);
        for code in [
            "\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[35m", "\x1b[36m",
        ] {
            plain = plain.replace(code, "");
        }
        assert_eq!(plain, text);
    }
}

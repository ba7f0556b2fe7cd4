//! Sigils (EEP 66): `~`, a type, text between delimiters, a suffix. Each is three tokens, so that the text is a string as any other; what types and
//! suffixes there are is the grammar's business.

use std::ops::Range;

use super::literal;

/// Where the parts of a sigil lie in its text, and what its string means.
pub struct Sigil<'t> {
    pub prefix: &'t str,
    /// The string with its delimiters.
    pub string: Range<usize>,
    pub content: Result<String, String>,
    pub suffix: &'t str,
}

/// True for types whose text stands for itself.
fn is_verbatim(prefix: &str) -> bool {
    matches!(prefix, "S" | "B")
}

fn name_len(text: &str) -> usize {
    let more = |c: char| match c {
        '_' | '@' => true,
        '\u{c0}'..='\u{ff}' => c != '\u{d7}' && c != '\u{f7}',
        c => c.is_ascii_alphanumeric(),
    };
    text.find(|c| !more(c)).unwrap_or(text.len())
}

/// The delimiter that closes what `open` opens.
pub fn closing(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        '/' | '|' | '\'' | '"' | '`' | '#' => open,
        _ => return None,
    })
}

/// What a string of the given type is up to.
enum Body<'t> {
    /// Length of a string between single delimiters, and its text.
    Plain(usize, &'t str),
    /// Length of a triple-quoted string, and what is between the quotes.
    Triple(usize, &'t str),
    /// Three quotes with text behind them on their line.
    Odd(usize),
    Unfinished,
    NoDelimiter,
}

fn body<'t>(text: &'t str, prefix: &str) -> Body<'t> {
    let quotes = text.len() - text.trim_start_matches('"').len();
    if quotes >= 3 {
        return match literal::triple_len(&text[quotes..], quotes) {
            literal::Triple::Closed(n) => Body::Triple(quotes + n, &text[quotes..n]),
            literal::Triple::Open => Body::Unfinished,
            literal::Triple::No => Body::Odd(quotes),
        };
    }
    let Some((open, close)) = text.chars().next().and_then(|c| Some((c, closing(c)?))) else {
        return Body::NoDelimiter;
    };
    let start = open.len_utf8();
    match literal::quoted_len(&text[start..], close, !is_verbatim(prefix)) {
        Some(n) => Body::Plain(start + n, &text[start..start + n - close.len_utf8()]),
        None => Body::Unfinished,
    }
}

/// Length of the string and the suffix behind a sigil's prefix. `None` if there is no delimiter or no end.
pub fn len(text: &str, prefix: &str) -> Option<usize> {
    match body(text, prefix) {
        Body::Plain(n, _) | Body::Triple(n, _) => Some(n + name_len(&text[n..])),
        Body::Odd(n) => Some(n),
        Body::Unfinished | Body::NoDelimiter => None,
    }
}

/// Takes the sigil apart that a text begins with.
///
/// # Errors
/// What is wrong with it as a whole, in the scanner's words.
pub fn parts(text: &str) -> Result<Sigil<'_>, String> {
    let start = 1 + name_len(&text[1..]);
    let (prefix, rest) = (&text[1..start], &text[start..]);
    // In triple quotes the plain sigil takes text as it stands, the lower-case ones read escapes there too.
    let (n, content) = match body(rest, prefix) {
        Body::Plain(n, inner) if is_verbatim(prefix) => (n, Ok(inner.to_string())),
        Body::Plain(n, inner) => (n, literal::unquote(inner)),
        Body::Triple(n, inner) if prefix.is_empty() || is_verbatim(prefix) => {
            (n, literal::triple_text(inner))
        }
        Body::Triple(n, inner) => {
            let text = literal::triple_text(inner);
            (n, text.and_then(|text| literal::unquote(&text)))
        }
        Body::Odd(_) => {
            return Err("not white space after start of triple-quoted string".into());
        }
        Body::Unfinished => return Err("unterminated sigil".into()),
        Body::NoDelimiter => return Err("illegal sigil delimiter".into()),
    };
    Ok(Sigil {
        prefix,
        string: start..start + n,
        content,
        suffix: &rest[n..n + name_len(&rest[n..])],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_in_three_quotes() {
        for (sigil, expected) in [
            ("~\"\"\"\n a\\n\n \"\"\"", "a\\n"),
            ("~B\"\"\"\n a\\n\n \"\"\"", "a\\n"),
            ("~b\"\"\"\n a\\n\n \"\"\"", "a\n"),
            ("~s\"\"\"\n \\x41\n \"\"\"", "A"),
        ] {
            let content = parts(sigil).ok().and_then(|s| s.content.ok());
            assert_eq!(content.as_deref(), Some(expected), "{sigil:?}");
        }
    }

    #[test]
    fn suffixes_and_lengths() {
        assert_eq!(len("(b))", "s"), Some(3));
        assert_eq!(len("\"a\"x1@, c", ""), Some(6));
        assert_eq!(len("\"\"\"a\n\"\"\"", ""), Some(3));
        assert_eq!(len(" a", ""), None);
        let whole = parts("~x[a]y").map(|s| (s.prefix, s.string, s.suffix));
        assert_eq!(whole, Ok(("x", 2..5, "y")));
    }
}

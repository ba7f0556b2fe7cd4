//! Literals: where quoted text ends, and what it means. All functions take text that starts behind the opening mark.
//! None of them panics; unfinished and illegal text is an error message worded as Erlang's scanner words it.

/// Length of a quoted piece of text including the closing mark. `None` if it does not end.
pub fn quoted_len(text: &str, mark: char, escapes: bool) -> Option<usize> {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == mark {
            return Some(at + c.len_utf8());
        }
        if escapes && c == '\\' {
            chars.next();
        }
    }
    None
}

/// Bytes of the digits at the start of a text, single underscores between them included.
pub fn digits_len(text: &str, base: u32) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if c.is_digit(base) {
            end = at + 1;
        } else if c != '_' || at != end || at == 0 {
            break;
        }
    }
    end
}

/// Length of the character behind `$`, escapes included.
pub fn char_len(text: &str) -> usize {
    let mut chars = text.chars();
    match chars.next() {
        None => 0,
        Some('\\') => match unescape(chars.as_str()) {
            Ok((_, rest)) => text.len() - rest.len(),
            Err(_) => escape_len(text),
        },
        Some(c) => c.len_utf8(),
    }
}

/// How a run of three or more quotes goes on.
pub enum Triple {
    /// A triple-quoted string; the length of what follows the opening quotes.
    Closed(usize),
    /// A triple-quoted string without an end.
    Open,
    /// Something else: text follows on the same line.
    No,
}

/// Finds the end of a triple-quoted string whose opening run has `quotes` quotes.
pub fn triple_len(text: &str, quotes: usize) -> Triple {
    let first = text.find('\n').unwrap_or(text.len());
    if !text[..first].trim().is_empty() || first == text.len() {
        return if first == text.len() && text[..first].trim().is_empty() && !text.is_empty() {
            Triple::Open
        } else {
            Triple::No
        };
    }
    let mut at = first + 1;
    while at < text.len() {
        let line_end = text[at..].find('\n').map_or(text.len(), |n| at + n);
        let line = &text[at..line_end];
        let body = line.trim_start();
        let run = body.len() - body.trim_start_matches('"').len();
        if run >= quotes {
            return Triple::Closed(at + (line.len() - body.len()) + quotes);
        }
        at = line_end + 1;
    }
    Triple::Open
}

/// The text of a triple-quoted string: `body` is everything between the opening and the closing quotes.
pub fn triple_text(body: &str) -> Result<String, String> {
    let content = body.find('\n').map_or("", |n| &body[n + 1..]);
    let Some(last) = content.rfind('\n') else {
        return Ok(String::new());
    };
    let indent = &content[last + 1..];
    let mut lines = Vec::new();
    for line in content[..last].split('\n') {
        let bare = line.strip_suffix('\r').unwrap_or(line);
        if let Some(rest) = line.strip_prefix(indent) {
            lines.push(rest);
        } else if bare.is_empty() || (bare.trim().is_empty() && indent.starts_with(bare)) {
            lines.push("");
        } else {
            return Err("bad indentation in triple-quoted string".into());
        }
    }
    let text = lines.join("\n");
    Ok(text.strip_suffix('\r').map_or(text.clone(), str::to_string))
}

/// Where the first escape stands that means nothing.
pub fn bad_escape(body: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(n) = body[at..].find('\\') {
        at += n;
        match unescape(&body[at + 1..]) {
            Ok((_, after)) => at = body.len() - after.len(),
            Err(_) => return Some(at),
        }
    }
    None
}

/// Length of an escape that means nothing: of `\x{...}` as far as it has that form, of the mark and the letter otherwise.
pub fn escape_len(text: &str) -> usize {
    let Some(inner) = text.strip_prefix("\\x{") else {
        return text.chars().take(2).map(char::len_utf8).sum();
    };
    let behind = inner.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    text.len() - behind.strip_prefix('}').unwrap_or(behind).len()
}

/// The text of a quoted literal without its marks, escapes replaced.
pub fn unquote(body: &str) -> Result<String, String> {
    if !body.contains('\\') {
        return Ok(body.into());
    }
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (c, after) = unescape(&rest[at + 1..])?;
        out.push(c);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Reads an escape behind its backslash; gives the character and what follows.
pub fn unescape(text: &str) -> Result<(char, &str), String> {
    let illegal = || "illegal character".to_string();
    let mut chars = text.chars();
    let c = chars.next().ok_or_else(illegal)?;
    let rest = chars.as_str();
    let simple = |c| Ok((c, rest));
    match c {
        'n' => simple('\n'),
        't' => simple('\t'),
        'r' => simple('\r'),
        's' => simple(' '),
        'b' => simple('\u{8}'),
        'd' => simple('\u{7f}'),
        'e' => simple('\u{1b}'),
        'f' => simple('\u{c}'),
        'v' => simple('\u{b}'),
        '^' => {
            let c = chars.next().ok_or_else(illegal)?;
            match c {
                '@'..='_' | 'a'..='z' => Ok((char::from((c as u8) & 31), chars.as_str())),
                '?' => Ok(('\u{7f}', chars.as_str())),
                _ => Err("illegal control character".into()),
            }
        }
        'x' => hex(rest).ok_or_else(illegal),
        '0'..='7' => {
            let digits = text
                .bytes()
                .take(3)
                .take_while(|b| (b'0'..=b'7').contains(b))
                .count();
            let value = u32::from_str_radix(&text[..digits], 8).map_err(|_| illegal())?;
            Ok((char::from_u32(value).ok_or_else(illegal)?, &text[digits..]))
        }
        c => simple(c),
    }
}

fn hex(text: &str) -> Option<(char, &str)> {
    if let Some(body) = text.strip_prefix('{') {
        let end = body.find('}')?;
        let value = u32::from_str_radix(&body[..end], 16).ok()?;
        return Some((char::from_u32(value)?, &body[end + 1..]));
    }
    let digits = text.get(..2)?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    Some((
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)?,
        &text[2..],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        assert_eq!(
            unquote(r"a\n\x41\x{1F600}\101\^A\'\e").as_deref(),
            Ok("a\nA\u{1F600}A\u{1}'\u{1b}")
        );
        assert!(unquote(r"\x{110000}").is_err());
        assert!(unquote(r"\xg0").is_err());
    }

    #[test]
    fn triple_quoted_text_loses_its_indentation() {
        assert_eq!(triple_text("\n  a\n\n    b\n  ").as_deref(), Ok("a\n\n  b"));
        assert_eq!(triple_text("\n  ").as_deref(), Ok(""));
        assert!(triple_text("\n a\n  ").is_err());
    }
}

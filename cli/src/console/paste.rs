//! A pasted session: prompts go, and with them the answers between them.

use super::language;

/// The text without prompts (`1> `, `(n@h)2> `, `.. `). Where there is a prompt, lines that no prompt or unfinished expression
/// leads to are answers of the session it was copied from, and are dropped.
pub fn without_prompts(text: &str) -> String {
    if !text.lines().any(|line| prompt(line).is_some()) {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut open = false;
    for line in text.lines() {
        let part = match prompt(line) {
            Some(after) => after,
            None if open => continuation(line),
            None => continue,
        };
        if !kept.is_empty() {
            kept.push('\n');
        }
        kept.push_str(part);
        open = !language::is_complete(&kept);
    }
    kept
}

/// What follows the prompt at the start of a line.
fn prompt(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = match line.strip_prefix('(') {
        Some(named) => named.split_once(')').filter(|(n, _)| n.contains('@'))?.1,
        None => line,
    };
    let digits = line.find(|c: char| !c.is_ascii_digit())?;
    line[digits..].strip_prefix("> ").filter(|_| digits > 0)
}

/// A line that goes on: OTP shows `.. ` or spaces before it.
fn continuation(line: &str) -> &str {
    let trimmed = line.trim_start();
    trimmed.strip_prefix(".. ").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::without_prompts;

    #[test]
    fn prompts_and_answers_go() {
        let session =
            "1> X = 1.\n1\n2> lists:map(\n.. fun(Y) -> Y + X end,\n   [1]).\n[2]\n(a@b)3> f().\nok";
        let expected = "X = 1.\nlists:map(\nfun(Y) -> Y + X end,\n   [1]).\nf().";
        assert_eq!(without_prompts(session), expected);
    }

    #[test]
    fn text_without_prompts_stays() {
        for text in [
            "1 > 2.",
            "X = 1,\n\nY = 2.",
            "(a)1> x",
            "fun() -> ok end().",
        ] {
            assert_eq!(without_prompts(text), text);
        }
    }
}

//! Calls of `io:format` and its like with a format string that is written down: as many arguments as it takes, and nothing it does not know.

use super::Linter;
use crate::ast::*;

/// How many arguments a list expression holds; `None` if that is not to be seen.
fn length(e: &Expr) -> Option<Result<usize, ()>> {
    match &e.kind {
        ExprKind::Nil => Some(Ok(0)),
        ExprKind::Str(s) => Some(Ok(s.chars().count())),
        ExprKind::List { elements, tail, .. } => match tail {
            None => Some(Ok(elements.len())),
            Some(t) => length(t).map(|n| n.map(|n| n + elements.len())),
        },
        ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Char(_) | ExprKind::Atom(_) => {
            Some(Err(()))
        }
        _ => None,
    }
}

/// The text of a format, if it is written down as a string or an atom.
fn text(e: &Expr) -> Option<String> {
    match &e.kind {
        ExprKind::Str(s) => Some(s.to_string()),
        ExprKind::Atom(a) => Some(a.to_string()),
        _ => None,
    }
}

/// How many arguments a format takes, or what is wrong with it.
fn taken(format: &str) -> Result<usize, String> {
    let mut chars = format.chars().peekable();
    let mut count = 0;
    while let Some(c) = chars.next() {
        if c != '~' {
            continue;
        }
        // Width, precision, padding: digits or a star (an argument), the padding one character.
        let number_next = |c: &char| c.is_ascii_digit() || *c == '*';
        if chars.next_if_eq(&'-').is_some() && !chars.peek().is_some_and(number_next) {
            // A minus is the sign of a number.
            return match chars.peek() {
                None => Err("truncated".into()),
                Some(_) => Err("invalid control ~-".into()),
            };
        }
        count += number(&mut chars);
        if chars.next_if_eq(&'.').is_some() {
            count += number(&mut chars);
            if chars.next_if_eq(&'.').is_some() {
                match chars.next() {
                    Some('*') => count += 1,
                    Some(_) => {}
                    None => return Err("truncated".into()),
                }
            }
        }
        let (mut unicode, mut lists, mut keys) = (false, false, false);
        let control = loop {
            let Some(c) = chars.next() else {
                return Err("truncated".into());
            };
            let flag = match c {
                't' => &mut unicode,
                'l' => &mut lists,
                'k' | 'K' => &mut keys,
                c => break c,
            };
            if std::mem::replace(flag, true) {
                return Err(format!("invalid control ~{c}{c}"));
            }
            if c == 'K' {
                // The order is a fun among the arguments.
                count += 1;
            }
        };
        let wide = matches!(control, 'c' | 's' | 'w' | 'W' | 'p' | 'P');
        let plain = matches!(control, 'p' | 'P');
        let ordered = matches!(control, 'w' | 'W' | 'p' | 'P');
        if unicode && !wide || lists && !plain || keys && !ordered {
            let marks = [(unicode, 't'), (lists, 'l'), (keys, 'k')];
            let marks: String = marks.iter().filter(|m| m.0).map(|m| m.1).collect();
            return Err(format!("invalid control ~{marks}{control}"));
        }
        count += match control {
            '~' | 'n' => 0,
            'c' | 'f' | 'e' | 'g' | 's' | 'w' | 'p' | 'b' | 'B' | '#' | '+' | 'i' => 1,
            'W' | 'P' | 'x' | 'X' => 2,
            other => return Err(format!("invalid control ~{other}")),
        };
    }
    Ok(count)
}

/// Reads a number or a star; how many arguments that takes.
fn number(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> usize {
    if chars.next_if_eq(&'*').is_some() {
        return 1;
    }
    while chars.next_if(|c| c.is_ascii_digit()).is_some() {}
    0
}

fn counted(n: usize) -> String {
    match n {
        1 => "1 argument".into(),
        n => format!("{n} arguments"),
    }
}

impl Linter<'_> {
    /// A call of a function of another module that may be one of those.
    pub(super) fn format_call(&mut self, module: &str, name: &str, args: &[Expr], span: Span) {
        if !matches!(module, "io" | "io_lib") || !matches!(name, "format" | "fwrite") {
            return;
        }
        let said = match args {
            [format] => self.formatted(format, None),
            [format, list] | [_, format, list] => self.formatted(format, Some(list)),
            _ => Some((span, "format call with wrong number of arguments".into())),
        };
        if let Some((span, text)) = said {
            self.warn("format", "format_error", span, text);
        }
    }

    fn formatted(&self, format: &Expr, list: Option<&Expr>) -> Option<(Span, String)> {
        let wrong = |at: &Expr, what: String| Some((at.span, what));
        if let Some(list) = list
            && length(list) == Some(Err(()))
        {
            return wrong(list, "format arguments not a list".into());
        }
        let takes = match taken(&text(format)?) {
            Ok(n) => n,
            Err(why) => return wrong(format, format!("format string invalid ({why})")),
        };
        let needs = match takes {
            0 => "an empty argument list".into(),
            n => format!("an argument list with {}", counted(n)),
        };
        let given = match list {
            None if takes == 0 => return None,
            None => {
                let text =
                    format!("the format string requires {needs}, but no argument list is given");
                return wrong(format, text);
            }
            Some(list) => length(list)?.ok()?,
        };
        let has = match given {
            n if n == takes => return None,
            0 => "is empty".to_owned(),
            n if n < takes => format!("contains only {}", counted(n)),
            n => format!("contains {}", counted(n)),
        };
        wrong(
            list?,
            format!("the format string requires {needs}, but the argument list {has}"),
        )
    }
}

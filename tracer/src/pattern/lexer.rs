//! Words of the pattern language.

use super::SyntaxError;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Atom(String),
    /// A variable; `_` is one.
    Variable(String),
    Int(i64),
    Big(String),
    /// Nanoseconds.
    Duration(u64),
    String(String),
    /// `<0.1.2>`, `#Ref<..>`, `#Port<..>`.
    Opaque(String),
    /// Punctuation and operators.
    Symbol(&'static str),
}

impl Token {
    /// As an error shows it.
    pub fn shown(&self) -> String {
        match self {
            Token::Atom(text) => transom_pretty::atom_text(text, transom_pretty::Encoding::Unicode),
            Token::Variable(text) => format!("'{text}'"),
            Token::Int(value) => value.to_string(),
            Token::Big(text) | Token::Opaque(text) => text.clone(),
            Token::Duration(ns) => format!("{ns}ns"),
            Token::String(text) => format!("{text:?}"),
            Token::Symbol(text) => format!("'{text}'"),
        }
    }
}

/// Longest first, so that `=<` is not read as `=`.
const SYMBOLS: &[&str] = &[
    "=:=", "=/=", "->", "=>", ":=", "=<", ">=", "==", "/=", "++", "<<", ">>", "||", "(", ")", "[",
    "]", "{", "}", ",", ";", ":", "#", "|", "<", ">", "=", "+", "-", "*", "/",
];

/// The tokens of `text` with the character each begins at.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, usize)>, SyntaxError> {
    let chars: Vec<char> = text.chars().collect();
    let mut lexer = Lexer {
        chars: &chars,
        at: 0,
    };
    let mut found = Vec::new();
    while let Some(c) = lexer.peek(0) {
        if c.is_whitespace() {
            lexer.at += 1;
            continue;
        }
        let at = lexer.at;
        found.push((lexer.token(c)?, at));
    }
    Ok(found)
}

struct Lexer<'c> {
    chars: &'c [char],
    at: usize,
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn error<T>(&self, text: String) -> Result<T, SyntaxError> {
        Err(SyntaxError { text, at: self.at })
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while self
            .peek(0)
            .is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '@')
        {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    fn token(&mut self, c: char) -> Result<Token, SyntaxError> {
        if c.is_lowercase() {
            return Ok(Token::Atom(self.word()));
        }
        if c == '_' || c.is_uppercase() {
            return Ok(Token::Variable(self.word()));
        }
        if c.is_ascii_digit() {
            return self.number();
        }
        match c {
            '\'' => self.quoted('\'').map(Token::Atom),
            '"' => self.quoted('"').map(Token::String),
            '$' => self.character(),
            _ => match self.opaque() {
                Some(text) => Ok(Token::Opaque(text)),
                None => self.symbol(c),
            },
        }
    }

    fn symbol(&mut self, c: char) -> Result<Token, SyntaxError> {
        for symbol in SYMBOLS {
            if symbol
                .chars()
                .enumerate()
                .all(|(at, c)| self.peek(at) == Some(c))
            {
                self.at += symbol.len();
                return Ok(Token::Symbol(symbol));
            }
        }
        self.error(format!("at: {c}"))
    }

    /// Digits, `Base#Digits`, or digits with a unit of time.
    fn number(&mut self) -> Result<Token, SyntaxError> {
        let digits = self.digits(10);
        if self.peek(0) == Some('#') && self.peek(1).is_some_and(|c| c.is_alphanumeric()) {
            self.at += 1;
            let base: u32 = digits
                .parse()
                .ok()
                .filter(|base| (2..=36).contains(base))
                .unwrap_or(0);
            if base == 0 {
                return self.error("at: #".into());
            }
            let digits = self.digits(base);
            return match i64::from_str_radix(&digits, base) {
                Ok(value) => Ok(Token::Int(value)),
                Err(_) => self.error(format!("at: {digits}")),
            };
        }
        if self.peek(0).is_some_and(char::is_alphabetic) {
            let at = self.at;
            let unit = self.word();
            let scale: u64 = match unit.as_str() {
                "ns" => 1,
                "us" => 1_000,
                "ms" => 1_000_000,
                "s" => 1_000_000_000,
                _ => {
                    self.at = at;
                    return self.error(format!("at: {unit}"));
                }
            };
            return match digits
                .parse::<u64>()
                .ok()
                .and_then(|value| value.checked_mul(scale))
            {
                Some(ns) => Ok(Token::Duration(ns)),
                None => self.error(format!("at: {digits}{unit}")),
            };
        }
        Ok(match digits.parse() {
            Ok(value) => Token::Int(value),
            Err(_) => Token::Big(digits),
        })
    }

    fn digits(&mut self, base: u32) -> String {
        let start = self.at;
        while self.peek(0).is_some_and(|c| {
            c.is_digit(base) || (c == '_' && self.peek(1).is_some_and(|c| c.is_digit(base)))
        }) {
            self.at += 1;
        }
        self.chars[start..self.at]
            .iter()
            .filter(|c| **c != '_')
            .collect()
    }

    fn escape(&mut self) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        Some(match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            's' => ' ',
            'e' => '\u{1b}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'd' => '\u{7f}',
            '0'..='7' => {
                let mut value = c.to_digit(8)?;
                for _ in 0..2 {
                    if let Some(digit) = self.peek(0).and_then(|c| c.to_digit(8)) {
                        value = value * 8 + digit;
                        self.at += 1;
                    }
                }
                char::from_u32(value)?
            }
            'x' if self.peek(0) == Some('{') => {
                let close = self.chars[self.at..].iter().position(|c| *c == '}')?;
                let digits: String = self.chars[self.at + 1..self.at + close].iter().collect();
                self.at += close + 1;
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            other => other,
        })
    }

    fn quoted(&mut self, quote: char) -> Result<String, SyntaxError> {
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.peek(0) {
                None => return self.error("syntax error before: ".into()),
                Some(c) if c == quote => {
                    self.at += 1;
                    return Ok(text);
                }
                Some('\\') => {
                    self.at += 1;
                    match self.escape() {
                        Some(c) => text.push(c),
                        None => return self.error("at: \\".into()),
                    }
                }
                Some(c) => {
                    self.at += 1;
                    text.push(c);
                }
            }
        }
    }

    /// `$c`.
    fn character(&mut self) -> Result<Token, SyntaxError> {
        self.at += 1;
        let c = match self.peek(0) {
            Some('\\') => {
                self.at += 1;
                self.escape()
            }
            other => {
                self.at += 1;
                other
            }
        };
        match c {
            Some(c) => Ok(Token::Int(i64::from(u32::from(c)))),
            None => self.error("at: $".into()),
        }
    }

    /// `<0.1.2>`, `#Ref<0.1.2.3>` or `#Port<0.1>`.
    fn opaque(&mut self) -> Option<String> {
        let rest = &self.chars[self.at..];
        let prefix = ["<", "#Ref<", "#Port<"].into_iter().find(|prefix| {
            prefix.chars().zip(rest).filter(|(a, b)| a == *b).count() == prefix.len()
        })?;
        // No such text is longer; looking further would take quadratic time on a row of `<`.
        let close = rest.iter().take(64).position(|c| *c == '>')?;
        let inner = rest.get(prefix.len()..close)?;
        let numbers: String = inner.iter().collect();
        let fine = numbers.contains('.')
            && numbers
                .split('.')
                .all(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
        if !fine {
            return None;
        }
        let text = rest[..=close].iter().collect();
        self.at += close + 1;
        Some(text)
    }
}

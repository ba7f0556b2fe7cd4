//! Terms of the pattern language: in heads they are patterns, in guards values.

use super::SyntaxError;
use super::lexer::Token;
use super::parser::Parser;
use crate::term::Tree;

impl Parser<'_> {
    /// Terms up to `close`, which is eaten.
    pub(super) fn terms(&mut self, close: &str) -> Result<Vec<Tree>, SyntaxError> {
        let mut terms = Vec::new();
        if self.symbol(close) {
            return Ok(terms);
        }
        loop {
            terms.push(self.term()?);
            if self.symbol(close) {
                return Ok(terms);
            }
            self.expect(",")?;
        }
    }

    fn variable(&mut self, name: &str) -> Result<Tree, SyntaxError> {
        if name == "_" && self.binding {
            return Ok(Tree::atom("_"));
        }
        let number = match self.variables.iter().position(|known| known == name) {
            Some(at) => at + 1,
            None if self.binding => {
                self.variables.push(name.to_owned());
                self.variables.len()
            }
            None => return self.error(format!("unbound variable: '{name}'")),
        };
        self.at += 1;
        Ok(Tree::atom(&format!("${number}")))
    }

    pub(super) fn term(&mut self) -> Result<Tree, SyntaxError> {
        self.nested(Self::term_here)
    }

    fn term_here(&mut self) -> Result<Tree, SyntaxError> {
        let Some(token) = self.peek().cloned() else {
            return self.unexpected();
        };
        if let Token::Variable(name) = &token {
            let tree = self.variable(name)?;
            // `_` is not counted among the variables and not eaten by them.
            self.at += usize::from(name == "_");
            return Ok(tree);
        }
        self.at += 1;
        Ok(match token {
            Token::Int(value) => Tree::Int(value),
            Token::Big(digits) => Tree::Big(digits),
            Token::Opaque(text) => Tree::Opaque(text),
            Token::Symbol("-") => match self.peek() {
                Some(Token::Int(value)) => {
                    let value = -*value;
                    self.at += 1;
                    Tree::Int(value)
                }
                Some(Token::Big(digits)) => {
                    let digits = format!("-{digits}");
                    self.at += 1;
                    Tree::Big(digits)
                }
                _ => return self.unexpected(),
            },
            Token::String(text) => {
                let items = text
                    .chars()
                    .map(|c| Tree::Int(i64::from(u32::from(c))))
                    .collect();
                self.appended(items)?
            }
            Token::Symbol("[") => {
                let list = self.list_items()?;
                match list {
                    Tree::List(items, None) => self.appended(items)?,
                    improper => improper,
                }
            }
            Token::Symbol("{") => {
                let items = self.terms("}")?;
                self.tuple(items)
            }
            Token::Symbol("<<") => self.binary()?,
            Token::Symbol("#") if self.symbol("{") => self.map()?,
            Token::Atom(name) if self.symbol("#") => self.record(&name)?,
            Token::Atom(name) => Tree::Atom(name),
            Token::Duration(_) | Token::Symbol(_) | Token::Variable(_) => {
                self.at -= 1;
                return self.unexpected();
            }
        })
    }

    /// A tuple is one in a head; in a condition it must not look like a call.
    fn tuple(&self, items: Vec<Tree>) -> Tree {
        if self.binding {
            Tree::Tuple(items)
        } else {
            Tree::Tuple(vec![Tree::Tuple(items)])
        }
    }

    /// Behind `[`.
    fn list_items(&mut self) -> Result<Tree, SyntaxError> {
        let mut items = Vec::new();
        if self.symbol("]") {
            return Ok(Tree::nil());
        }
        loop {
            items.push(self.term()?);
            if self.symbol("]") {
                return Ok(Tree::list(items));
            }
            if self.symbol("|") {
                let tail = self.term()?;
                self.expect("]")?;
                return Ok(match tail {
                    Tree::List(more, rest) => {
                        items.extend(more);
                        Tree::List(items, rest)
                    }
                    tail => Tree::List(items, Some(Box::new(tail))),
                });
            }
            self.expect(",")?;
        }
    }

    /// `++ Tail` behind a list, as often as it stands there.
    fn appended(&mut self, mut items: Vec<Tree>) -> Result<Tree, SyntaxError> {
        if !self.symbol("++") {
            return Ok(Tree::list(items));
        }
        match self.term()? {
            Tree::List(more, rest) => {
                items.extend(more);
                Ok(Tree::List(items, rest))
            }
            tail => Ok(Tree::List(items, Some(Box::new(tail)))),
        }
    }

    /// Behind `<<`: bytes and strings, as `<<1,"ab","é"/utf8>>`.
    fn binary(&mut self) -> Result<Tree, SyntaxError> {
        let mut bytes = Vec::new();
        if self.symbol(">>") {
            return Ok(Tree::Binary(bytes));
        }
        loop {
            match self.peek().cloned() {
                Some(Token::Int(value)) => {
                    self.at += 1;
                    bytes.push((value & 0xFF) as u8);
                }
                Some(Token::String(text)) => {
                    self.at += 1;
                    if self.symbol("/") {
                        if !self.word("utf8") {
                            return self.unexpected();
                        }
                        bytes.extend_from_slice(text.as_bytes());
                    } else {
                        bytes.extend(text.chars().map(|c| (u32::from(c) & 0xFF) as u8));
                    }
                }
                _ => return self.unexpected(),
            }
            if self.symbol(">>") {
                return Ok(Tree::Binary(bytes));
            }
            self.expect(",")?;
        }
    }

    /// Behind `#{`.
    fn map(&mut self) -> Result<Tree, SyntaxError> {
        let mut pairs = Vec::new();
        if self.symbol("}") {
            return Ok(Tree::Map(pairs));
        }
        loop {
            let key = self.term()?;
            if !(self.symbol("=>") || self.symbol(":=")) {
                return self.unexpected();
            }
            pairs.push((key, self.term()?));
            if self.symbol("}") {
                return Ok(Tree::Map(pairs));
            }
            self.expect(",")?;
        }
    }

    pub(super) fn record_name(
        &mut self,
        module: &str,
    ) -> Result<(String, Vec<String>), SyntaxError> {
        let Some(Token::Atom(name)) = self.peek().cloned() else {
            return self.unexpected();
        };
        let Some(fields) = self.definitions.record(module, &name) else {
            return self.error(format!("no such record: {module}#{name}"));
        };
        self.at += 1;
        Ok((name, fields))
    }

    /// Behind `mod#`: a tuple with `_` for what is not named.
    fn record(&mut self, module: &str) -> Result<Tree, SyntaxError> {
        let (name, fields) = self.record_name(module)?;
        let mut items = vec![Tree::atom("_"); fields.len() + 1];
        items[0] = Tree::Atom(name);
        if !self.symbol("{") {
            return self.unexpected();
        }
        if self.symbol("}") {
            return Ok(self.tuple(items));
        }
        loop {
            let Some(Token::Atom(field)) = self.peek().cloned() else {
                return self.unexpected();
            };
            let Some(at) = fields.iter().position(|known| *known == field) else {
                return self.error(format!("no such field: {field}"));
            };
            self.at += 1;
            self.expect("=")?;
            items[at + 1] = self.term()?;
            if self.symbol("}") {
                return Ok(self.tuple(items));
            }
            self.expect(",")?;
        }
    }
}

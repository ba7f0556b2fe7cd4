//! What could not be read: the names that lost forms would have defined. The linter says nothing of what only follows from their absence.

use std::collections::HashSet;

use crate::ast::Name;
use crate::lexer::{Tok, Token};

/// Names of functions, records and types whose forms have an error, and whether more than single names is missing.
#[derive(Clone, Debug, Default)]
pub struct Lost {
    names: HashSet<Name>,
    /// An include file or a condition: anything may have stood there.
    everything: bool,
    some: bool,
}

impl Lost {
    /// A form that could not be read.
    pub(crate) fn form(&mut self, tokens: &[Token]) {
        self.some = true;
        let atom = |t: &Token| match &t.tok {
            Tok::Atom(a) => Some(a.clone()),
            _ => None,
        };
        if let [dash, word, rest @ ..] = tokens
            && dash.tok == Tok::Minus
        {
            let word = atom(word);
            match word.as_deref() {
                Some("record" | "type" | "opaque" | "nominal") => {
                    let name = rest.iter().find_map(atom);
                    self.names.extend(name);
                }
                Some("import") => self.names.extend(rest.iter().filter_map(atom)),
                Some("module") => {
                    self.names.insert("module".into());
                }
                _ => {}
            }
        }
        // Where a full stop is missing the form goes on into the next one, whose name stands where a line begins.
        for (i, pair) in tokens.windows(2).enumerate() {
            let begins = i == 0 || pair[0].span.column == 1;
            if begins && pair[1].tok == Tok::LParen {
                self.names.extend(atom(&pair[0]));
            }
        }
    }

    /// A directive that could have brought anything.
    pub(crate) fn all(&mut self) {
        self.everything = true;
        self.some = true;
    }

    /// Nothing is missing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.some
    }

    /// A definition of this name may be missing.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.everything || self.names.contains(name)
    }
}

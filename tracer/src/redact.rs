//! Redaction: what must never be captured. The rules act while a term is copied, so a secret is in no ring, no file and
//! on no screen.

use transom_pretty::{Shape, View};

/// A rule could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRule(pub String);

impl std::fmt::Display for BadRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "bad redaction rule: {}", self.0)
    }
}

impl std::error::Error for BadRule {}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    tag: String,
    /// Of the tuple, tag included.
    size: usize,
    index: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Argument {
    module: String,
    function: String,
    arity: usize,
    /// From 0.
    index: usize,
}

/// The rules of one session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redactor {
    fields: Vec<Field>,
    keys: Vec<String>,
    arguments: Vec<Argument>,
}

impl Redactor {
    /// What stands for something redacted.
    pub const MARK: &'static str = "<redacted>";

    /// Adds a rule: `#user.password` (a field of a record, whose names `fields` gives), `token` (a map key, atom or
    /// binary) or `m:f/3#2` (the second argument of `m:f/3`).
    pub fn add(
        &mut self,
        rule: &str,
        fields: &dyn Fn(&str) -> Option<Vec<String>>,
    ) -> Result<(), BadRule> {
        let bad = |why: &str| BadRule(format!("{rule}: {why}"));
        if let Some(rest) = rule.strip_prefix('#') {
            let (tag, field) = rest
                .split_once('.')
                .ok_or_else(|| bad("expected #record.field"))?;
            let names = fields(tag).ok_or_else(|| bad("no such record"))?;
            let index = names
                .iter()
                .position(|name| name == field)
                .ok_or_else(|| bad("no such field"))?;
            self.fields.push(Field {
                tag: tag.to_owned(),
                size: names.len() + 1,
                index: index + 1,
            });
        } else if let Some((mfa, number)) = rule.split_once('#') {
            let (module, rest) = mfa
                .split_once(':')
                .ok_or_else(|| bad("expected module:function/arity#argument"))?;
            let (function, arity) = rest
                .rsplit_once('/')
                .ok_or_else(|| bad("expected an arity"))?;
            let arity: usize = arity.parse().map_err(|_| bad("expected an arity"))?;
            let index: usize = number
                .parse()
                .map_err(|_| bad("expected the number of an argument"))?;
            if index == 0 || index > arity {
                return Err(bad("no such argument"));
            }
            let (module, function) = (module.to_owned(), function.to_owned());
            self.arguments.push(Argument {
                module,
                function,
                arity,
                index: index - 1,
            });
        } else if rule.is_empty() {
            return Err(bad("empty"));
        } else {
            self.keys.push(rule.to_owned());
        }
        Ok(())
    }

    /// Is nothing hidden?
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.keys.is_empty() && self.arguments.is_empty()
    }

    /// The element of a tuple that must not be captured.
    pub(crate) fn hidden_field(&self, tag: &str, size: usize) -> Option<usize> {
        self.fields
            .iter()
            .find(|field| field.size == size && field.tag == tag)
            .map(|field| field.index)
    }

    pub(crate) fn hides_key<V: View>(&self, key: V) -> bool {
        match key.shape() {
            Shape::Atom(text) => self.keys.iter().any(|rule| *rule == text),
            Shape::Bits {
                bytes,
                bits,
                cut: 0,
            } if bits.is_multiple_of(8) => self.keys.iter().any(|rule| rule.as_bytes() == &*bytes),
            _ => false,
        }
    }

    pub(crate) fn hides_argument(
        &self,
        module: &str,
        function: &str,
        arity: usize,
        index: usize,
    ) -> bool {
        self.arguments.iter().any(|a| {
            a.index == index && a.arity == arity && a.function == function && a.module == module
        })
    }
}

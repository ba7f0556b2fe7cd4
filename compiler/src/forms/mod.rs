//! The abstract format: forms as Erlang terms and back. Parse transforms, `erl_parse`, `epp` and `compile:forms/2`
//! speak it. Both directions lose nothing but byte ranges. Recursive: to be called inside
//! [`crate::stack::with_large_stack`].

mod from_exprs;
mod from_forms;
mod from_types;
mod to_exprs;
mod to_forms;
mod to_types;

use crate::abstract_term::Term;
use crate::ast::{Expr, Form, Int};
use crate::span::{FileId, Span};

/// How positions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anno {
    /// `Line`
    Line,
    /// `{Line, Column}`
    LineColumn,
}

/// A term that is not what it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct BadForm {
    /// What was expected.
    pub expected: &'static str,
    /// What was there, cut short.
    pub found: String,
    /// Where the nearest enclosing form says it is.
    pub span: Span,
}

type Read<T> = Result<T, BadForm>;

/// Writes forms.
#[must_use]
pub fn to_terms(forms: &[Form], anno: Anno) -> Vec<Term> {
    let w = Writer { anno, make: Plain };
    forms.iter().map(|f| w.form(f)).collect()
}

/// Writes expressions, as `erl_parse:parse_exprs/1` gives them.
#[must_use]
pub fn exprs_to_terms(exprs: &[Expr], anno: Anno) -> Vec<Term> {
    let w = Writer { anno, make: Plain };
    exprs.iter().map(|e| w.expr(e)).collect()
}

/// Writes one expression.
#[must_use]
pub fn expr_to_term(expr: &Expr, anno: Anno) -> Term {
    Writer { anno, make: Plain }.expr(expr)
}

/// Writes a form as other terms.
pub fn form_as<M: Make>(form: &Form, anno: Anno, make: M) -> M::Term {
    Writer { anno, make }.form(form)
}

/// Writes expressions as other terms.
pub fn exprs_as<M: Make>(exprs: &[Expr], anno: Anno, make: M) -> Vec<M::Term> {
    let w = Writer { anno, make };
    exprs.iter().map(|e| w.expr(e)).collect()
}

/// Reads forms; positions are put into `file` until a `file` attribute names another one of `files`.
///
/// # Errors
/// The first term that is not a form.
pub fn from_terms(terms: &[Term], file: FileId) -> Read<Vec<Form>> {
    let r = Reader { file };
    let forms = terms.iter().filter(|t| !is_message(t));
    forms.map(|t| r.form(t)).collect()
}

/// Reads expressions.
///
/// # Errors
/// The first term that is not an expression.
pub fn exprs_from_terms(terms: &[Term], file: FileId) -> Read<Vec<Expr>> {
    let r = Reader { file };
    terms.iter().map(|t| r.expr(t)).collect()
}

/// `{error, ...}` and `{warning, ...}` among forms: messages of a parse transform, for the caller to report.
#[must_use]
pub fn is_message(t: &Term) -> bool {
    matches!(t.as_tuple(), Some([tag, _]) if tag.is_atom("error") || tag.is_atom("warning"))
}

/// Makes the terms that forms are written as: [`Term`]s, or those of a process.
pub trait Make {
    /// A term.
    type Term;

    /// An atom.
    fn atom(&self, name: &str) -> Self::Term;
    /// An integer of any size.
    fn integer(&self, value: &Int) -> Self::Term;
    /// A float.
    fn float(&self, value: f64) -> Self::Term;
    /// A list of characters.
    fn string(&self, text: &str) -> Self::Term;
    /// A proper list.
    fn list(&self, items: Vec<Self::Term>) -> Self::Term;
    /// A tuple.
    fn tuple<const N: usize>(&self, parts: [Self::Term; N]) -> Self::Term;
    /// `{Tag, Anno, Parts...}`
    fn node<const N: usize>(
        &self,
        tag: &'static str,
        anno: Self::Term,
        parts: [Self::Term; N],
    ) -> Self::Term;
    /// A term that is there already: the value of an attribute.
    fn term(&self, term: &Term) -> Self::Term;

    /// A small integer.
    fn int(&self, value: u32) -> Self::Term {
        self.integer(&Int::Small(i64::from(value)))
    }
}

/// Makes terms of the compiler.
struct Plain;

impl Make for Plain {
    type Term = Term;

    fn atom(&self, name: &str) -> Term {
        Term::atom(name)
    }

    fn integer(&self, value: &Int) -> Term {
        Term::Int(value.clone())
    }

    fn float(&self, value: f64) -> Term {
        Term::Float(value)
    }

    fn string(&self, text: &str) -> Term {
        Term::string(text)
    }

    fn list(&self, items: Vec<Term>) -> Term {
        Term::List(items)
    }

    fn tuple<const N: usize>(&self, parts: [Term; N]) -> Term {
        Term::tuple(parts)
    }

    fn node<const N: usize>(&self, tag: &'static str, anno: Term, parts: [Term; N]) -> Term {
        let mut all = Vec::with_capacity(N + 2);
        all.push(Term::atom(tag));
        all.push(anno);
        all.extend(parts);
        Term::Tuple(all)
    }

    fn term(&self, term: &Term) -> Term {
        term.clone()
    }
}

/// Trees to terms.
struct Writer<M> {
    anno: Anno,
    make: M,
}

/// Terms to trees.
struct Reader {
    file: FileId,
}

impl<M: Make> Writer<M> {
    fn anno(&self, span: Span) -> M::Term {
        let line = self.make.int(span.line);
        // Code without a column (made by the parser itself) has a line only.
        if self.anno == Anno::Line || span.column == 0 {
            return line;
        }
        self.make.tuple([line, self.make.int(span.column)])
    }

    /// `{Tag, Anno, Parts...}`
    fn node<const N: usize>(&self, tag: &'static str, span: Span, parts: [M::Term; N]) -> M::Term {
        self.make.node(tag, self.anno(span), parts)
    }

    fn atom(&self, name: &str, span: Span) -> M::Term {
        self.node("atom", span, [self.make.atom(name)])
    }

    fn var(&self, name: &str, span: Span) -> M::Term {
        self.node("var", span, [self.make.atom(name)])
    }
}

impl Reader {
    fn bad<T>(&self, expected: &'static str, found: &Term) -> Read<T> {
        let mut text = match found {
            Term::Tuple(t) if t.len() > 1 => format!("{{{}, {}, ...}}", brief(&t[0]), brief(&t[1])),
            other => brief(other),
        };
        text.truncate(text.char_indices().nth(200).map_or(text.len(), |(i, _)| i));
        let span = found
            .as_tuple()
            .and_then(|t| t.get(1))
            .map_or(Span::default(), |a| self.span(a));
        Err(BadForm {
            expected,
            found: text,
            span,
        })
    }

    /// A position: `Line`, `{Line, Column}`, or a list of annotations with a `location`.
    fn span(&self, anno: &Term) -> Span {
        let number = |t: &Term| t.as_i64().and_then(|n| u32::try_from(n).ok());
        match anno {
            Term::Tuple(lc) => match lc.as_slice() {
                [l, c] => {
                    Span::from_line(self.file, number(l).unwrap_or(0), number(c).unwrap_or(0))
                }
                _ => Span::from_line(self.file, 0, 0),
            },
            Term::List(list) => {
                let location = list.iter().find_map(|t| match t.as_tuple()? {
                    [tag, value] if tag.is_atom("location") => Some(value),
                    _ => None,
                });
                location.map_or(Span::from_line(self.file, 0, 0), |l| self.span(l))
            }
            other => Span::from_line(self.file, number(other).unwrap_or(0), 0),
        }
    }

    /// Tag, position and the rest of a node.
    fn split<'t>(&self, t: &'t Term, expected: &'static str) -> Read<(&'t str, Span, &'t [Term])> {
        match t.as_tuple() {
            Some([tag, anno, rest @ ..]) if tag.as_atom().is_some() => {
                Ok((tag.as_atom().map_or("", |a| a), self.span(anno), rest))
            }
            _ => self.bad(expected, t),
        }
    }

    fn list<T>(&self, t: &Term, read: impl Fn(&Term) -> Read<T>) -> Read<Vec<T>> {
        match t {
            Term::List(l) => l.iter().map(read).collect(),
            Term::Str(_) => t.to_list().unwrap_or_default().iter().map(read).collect(),
            _ => self.bad("a list", t),
        }
    }

    fn name(&self, t: &Term) -> Read<crate::ast::Name> {
        match t.as_atom() {
            Some(a) => Ok(a.clone()),
            None => self.bad("an atom", t),
        }
    }

    /// `{atom, _, Name}` or `{var, _, Name}`.
    fn tagged(&self, t: &Term, tag: &'static str) -> Read<(crate::ast::Name, Span)> {
        match self.split(t, tag)? {
            (found, span, [name]) if found == tag => Ok((self.name(name)?, span)),
            _ => self.bad(tag, t),
        }
    }

    fn arity(&self, t: &Term) -> Read<u32> {
        match t.as_i64().and_then(|n| u32::try_from(n).ok()) {
            Some(n) => Ok(n),
            None => self.bad("an arity", t),
        }
    }
}

fn brief(t: &Term) -> String {
    match t {
        Term::Atom(_) | Term::Int(_) | Term::Float(_) => t.to_string(),
        Term::Str(s) => s.chars().take(40).collect(),
        Term::List(_) | Term::Improper(..) => "[...]".into(),
        Term::Tuple(_) => "{...}".into(),
        Term::Binary(_) | Term::Bits(..) => "<<...>>".into(),
        Term::ExportFun(..) => t.to_string(),
        Term::Map(_) => "#{...}".into(),
    }
}

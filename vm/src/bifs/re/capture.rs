//! The option `capture`: which groups of a match are given back, and as what.

use transom_re::{Groups, Regex};

use super::subject::Text;
use crate::atoms;
use crate::bifs::Cx;
use crate::bifs::data::{code_point, list_arg, pair};
use crate::heap::{Kind, Term};

/// Which groups.
#[derive(Clone, Default)]
pub enum Which<'h> {
    #[default]
    All,
    AllButFirst,
    AllNames,
    First,
    None,
    /// Numbers and names.
    Listed(Vec<Term<'h>>),
}

/// As what.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Index,
    List,
    Binary,
}

/// See the module.
#[derive(Clone, Default)]
pub struct Capture<'h> {
    which: Which<'h>,
    form: Form,
}

impl<'h> Capture<'h> {
    pub fn read(cx: &Cx<'h>, which: Term<'h>, form: Option<Term<'h>>) -> Option<Capture<'h>> {
        let which = match which.as_atom().map(|a| cx.atoms().text(a)) {
            Some("all") => Which::All,
            Some("all_but_first") => Which::AllButFirst,
            Some("all_names") => Which::AllNames,
            Some("first") => Which::First,
            Some("none") => Which::None,
            Some(_) => return None,
            // No group wanted is nothing wanted.
            None if which.is_nil() => Which::None,
            None => Which::Listed(list_arg(which).unwrap_or_else(|_| vec![which])),
        };
        let form = match form {
            None => Form::Index,
            Some(form) => match cx.atoms().text(form.as_atom()?) {
                "index" => Form::Index,
                "list" => Form::List,
                "binary" => Form::Binary,
                _ => return None,
            },
        };
        Some(Capture { which, form })
    }

    /// Is nothing left to give for this pattern (all names of one without names)?
    pub fn is_empty(&self, regex: &Regex) -> bool {
        match &self.which {
            Which::None => true,
            Which::AllNames => regex.names().is_empty(),
            Which::All | Which::AllButFirst | Which::First | Which::Listed(_) => false,
        }
    }

    /// The wanted groups as numbers (`None`: a name that no group has), independent of a single match.
    /// Outer `None`: something in the list is no group.
    pub fn plan(&self, cx: &Cx<'h>, regex: &Regex) -> Option<Plan> {
        Some(match &self.which {
            Which::All => Plan::From(0),
            Which::AllButFirst => Plan::From(1),
            Which::First | Which::None => Plan::Listed(vec![vec![0]]),
            Which::AllNames => {
                let mut names: Vec<(&[u8], Vec<usize>)> = Vec::new();
                for (name, number) in regex.names() {
                    match names.last_mut() {
                        Some((last, numbers)) if *last == name.as_slice() => numbers.push(*number),
                        _ => names.push((name, vec![*number])),
                    }
                }
                Plan::Listed(names.into_iter().map(|(_, numbers)| numbers).collect())
            }
            Which::Listed(list) => {
                let mut wanted = Vec::new();
                for t in list {
                    wanted.push(numbers(cx, *t, regex)?);
                }
                Plan::Listed(wanted)
            }
        })
    }

    /// The terms of one match.
    pub fn terms(&self, cx: &Cx<'h>, plan: &Plan, text: &Text<'h>, groups: &Groups) -> Term<'h> {
        let terms: Vec<Term<'h>> = match plan {
            Plan::From(first) => groups
                .iter()
                .skip(*first)
                .map(|g| self.term(cx, text, *g))
                .collect(),
            Plan::Listed(wanted) => wanted
                .iter()
                .map(|numbers| {
                    let set = numbers
                        .iter()
                        .find_map(|n| groups.get(*n).copied().flatten());
                    self.term(cx, text, set)
                })
                .collect(),
        };
        cx.heap().list(&terms)
    }

    fn term(&self, cx: &Cx<'h>, text: &Text<'h>, group: Option<(usize, usize)>) -> Term<'h> {
        let heap = cx.heap();
        match (self.form, group) {
            (Form::Index, None) => pair(cx, heap.int(-1), heap.int(0)),
            (Form::Index, Some((from, to))) => {
                pair(cx, heap.int(from as i64), heap.int((to - from) as i64))
            }
            (Form::List, None) => Term::NIL,
            (Form::List, Some((from, to))) => text.list(cx, from, to),
            (Form::Binary, None) => heap.binary(&[]),
            (Form::Binary, Some((from, to))) => text.binary(cx, from, to),
        }
    }
}

/// Group numbers to give: all from one on, or for each place those of which the first that took part counts.
pub enum Plan {
    From(usize),
    Listed(Vec<Vec<usize>>),
}

/// The groups that a number or a name stands for.
fn numbers(cx: &Cx<'_>, t: Term<'_>, regex: &Regex) -> Option<Vec<usize>> {
    let name = match t.kind() {
        Kind::Small(n) => return usize::try_from(n).ok().map(|n| vec![n]),
        Kind::Atom(a) if a != atoms::NIL => cx.atoms().text(a).as_bytes().to_vec(),
        Kind::Bits(_) => t.as_binary()?.into_owned(),
        Kind::Nil | Kind::Cons(_) if t.list_len().is_some() => t
            .iter_list()
            .map(code_point)
            .collect::<Option<String>>()?
            .into_bytes(),
        _ => return None,
    };
    Some(
        regex
            .names()
            .iter()
            .filter(|(n, _)| *n == name)
            .map(|(_, number)| *number)
            .collect(),
    )
}

//! Evaluating match specifications over captured terms, for questions asked of a capture file. (Inside the VM they are
//! compiled instead.) Actions do nothing here; what needs a process fails its clause, as an exception would.

use std::cmp::Ordering;

use transom_pretty::{MapOrder, Shape, View};

use super::check::MAX_DEPTH;
use super::functions::Function;
use super::{Expr, MatchSpec, Pattern};
use crate::term::Tree;

/// A copy of what a view shows; `None` if it is nested too deep or was cut, so that nothing sure can be said of it.
pub fn to_tree<V: View>(term: V) -> Option<Tree> {
    copy(term, 0)
}

fn copy<V: View>(term: V, depth: usize) -> Option<Tree> {
    if depth > MAX_DEPTH {
        return None;
    }
    Some(match term.shape() {
        Shape::Small(value) => Tree::Int(value),
        Shape::Big => Tree::Big(term.digits(10)),
        Shape::Float(value) => Tree::Float(value),
        Shape::Atom(text) => Tree::Atom(text.into_owned()),
        Shape::Nil => Tree::nil(),
        Shape::Cons(..) => {
            let mut items = Vec::new();
            let mut at = term;
            let tail = loop {
                match at.shape() {
                    Shape::Cons(head, tail) => {
                        items.push(copy(head, depth + 1)?);
                        at = tail;
                    }
                    Shape::Nil => break None,
                    _ => break Some(Box::new(copy(at, depth + 1)?)),
                }
            };
            Tree::List(items, tail)
        }
        Shape::Tuple(size) => Tree::Tuple(
            (0..size)
                .map(|at| copy(term.element(at), depth + 1))
                .collect::<Option<_>>()?,
        ),
        Shape::Map(_) => {
            let pairs = term.pairs(MapOrder::Internal).into_iter();
            Tree::Map(
                pairs
                    .map(|(key, value)| Some((copy(key, depth + 1)?, copy(value, depth + 1)?)))
                    .collect::<Option<_>>()?,
            )
        }
        Shape::Bits {
            bytes,
            bits,
            cut: 0,
        } if bits.is_multiple_of(8) => Tree::Binary(bytes.into_owned()),
        Shape::Bits { .. } | Shape::Cut(_) => return None,
        Shape::Opaque(text) => Tree::Opaque(text.into_owned()),
    })
}

/// Whether a clause of `spec` matches `target`.
pub fn matches<V: View>(spec: &MatchSpec<V>, target: &Tree) -> bool {
    spec.clauses.iter().any(|clause| {
        let mut bound = Vec::new();
        if !bind(&clause.head, target, &mut bound) {
            return false;
        }
        let scope = Scope {
            target,
            bound: &bound,
        };
        clause.conditions.iter().all(|condition| {
            scope
                .value(condition)
                .is_some_and(|value| value == Tree::atom("true"))
        })
    })
}

fn bind<V: View>(pattern: &Pattern<V>, term: &Tree, bound: &mut Vec<(u32, Tree)>) -> bool {
    match pattern {
        Pattern::Any => true,
        Pattern::Variable(number) => match bound.iter().find(|(known, _)| known == number) {
            Some((_, value)) => exactly(value, term),
            None => {
                bound.push((*number, term.clone()));
                true
            }
        },
        Pattern::Constant(constant) => {
            to_tree(*constant).is_some_and(|constant| exactly(&constant, term))
        }
        Pattern::Tuple(patterns) => match term {
            Tree::Tuple(items) => {
                items.len() == patterns.len()
                    && patterns
                        .iter()
                        .zip(items)
                        .all(|(pattern, item)| bind(pattern, item, bound))
            }
            _ => false,
        },
        Pattern::List(patterns, tail) => {
            let Tree::List(items, rest) = term else {
                return false;
            };
            if items.len() < patterns.len()
                || !patterns
                    .iter()
                    .zip(items)
                    .all(|(pattern, item)| bind(pattern, item, bound))
            {
                return false;
            }
            let left = Tree::List(items[patterns.len()..].to_vec(), rest.clone());
            let left = match left {
                Tree::List(items, Some(rest)) if items.is_empty() => *rest,
                left => left,
            };
            match tail {
                Some(tail) => bind(tail, &left, bound),
                None => left == Tree::nil(),
            }
        }
        Pattern::Map(pairs) => {
            let Tree::Map(entries) = term else {
                return false;
            };
            pairs.iter().all(|(key, value)| {
                let key = match key {
                    Pattern::Constant(key) => to_tree(*key),
                    Pattern::Variable(number) => bound
                        .iter()
                        .find(|(known, _)| known == number)
                        .map(|(_, key)| key.clone()),
                    Pattern::Any | Pattern::List(..) | Pattern::Tuple(_) | Pattern::Map(_) => None,
                };
                key.and_then(|key| entries.iter().find(|(known, _)| exactly(known, &key)))
                    .is_some_and(|(_, found)| bind(value, found, bound))
            })
        }
    }
}

struct Scope<'t> {
    target: &'t Tree,
    bound: &'t [(u32, Tree)],
}

fn truth(value: bool) -> Tree {
    Tree::atom(if value { "true" } else { "false" })
}

impl Scope<'_> {
    /// The value of an expression; `None` for an exception.
    fn value<V: View>(&self, expr: &Expr<V>) -> Option<Tree> {
        match expr {
            Expr::Constant(term) => to_tree(*term),
            Expr::Variable(number) => self
                .bound
                .iter()
                .find(|(known, _)| known == number)
                .map(|(_, value)| value.clone()),
            Expr::Target => Some(self.target.clone()),
            Expr::Bound => {
                let mut bound = self.bound.to_vec();
                bound.sort_by_key(|(number, _)| *number);
                Some(Tree::list(
                    bound.into_iter().map(|(_, value)| value).collect(),
                ))
            }
            Expr::Tuple(items) => Some(Tree::Tuple(
                items
                    .iter()
                    .map(|item| self.value(item))
                    .collect::<Option<_>>()?,
            )),
            Expr::List(items, tail) => {
                let items = items
                    .iter()
                    .map(|item| self.value(item))
                    .collect::<Option<_>>()?;
                let tail = tail
                    .as_ref()
                    .map(|tail| self.value(tail))
                    .map_or(Some(None), |tail| tail.map(Some))?;
                Some(Tree::List(items, tail.map(Box::new)))
            }
            Expr::Map(pairs) => {
                let pairs = pairs
                    .iter()
                    .map(|(key, value)| Some((self.value(key)?, self.value(value)?)));
                Some(Tree::Map(pairs.collect::<Option<_>>()?))
            }
            Expr::Call(Function::AndAlso, args) => self.all(args, "true"),
            Expr::Call(Function::OrElse, args) => self.all(args, "false"),
            Expr::Call(function, args) => {
                let args: Vec<Tree> = args
                    .iter()
                    .map(|arg| self.value(arg))
                    .collect::<Option<_>>()?;
                apply(*function, &args)
            }
        }
    }

    /// The first value that is not `going_on`, or the last.
    fn all<V: View>(&self, args: &[Expr<V>], going_on: &str) -> Option<Tree> {
        let mut last = Tree::atom(going_on);
        for arg in args {
            last = self.value(arg)?;
            match last.as_atom() {
                Some(word) if word == going_on => {}
                Some("true" | "false") => break,
                _ => return None,
            }
        }
        Some(last)
    }
}

fn boolean(tree: &Tree) -> Option<bool> {
    match tree.as_atom()? {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn apply(function: Function, args: &[Tree]) -> Option<Tree> {
    match (function, args) {
        (Function::And, args) => Some(truth(
            args.iter()
                .map(boolean)
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .all(|b| b),
        )),
        (Function::Or, args) => Some(truth(
            args.iter()
                .map(boolean)
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .any(|b| b),
        )),
        (_, [one]) => unary(function, one),
        (_, [left, right]) => binary(function, left, right),
        (Function::IsRecord, [term, tag, size]) => Some(truth(match (term, size) {
            (Tree::Tuple(items), Tree::Int(size)) => {
                items.first() == Some(tag)
                    && i64::try_from(items.len()).is_ok_and(|length| length == *size)
            }
            _ => false,
        })),
        // What needs a process, or is not worth having here.
        _ => None,
    }
}

fn number(length: usize) -> Option<Tree> {
    i64::try_from(length).ok().map(Tree::Int)
}

fn unary(function: Function, term: &Tree) -> Option<Tree> {
    let opaque =
        |prefix: &str| truth(matches!(term, Tree::Opaque(text) if text.starts_with(prefix)));
    Some(match function {
        Function::IsAtom => truth(matches!(term, Tree::Atom(_))),
        Function::IsFloat => truth(matches!(term, Tree::Float(_))),
        Function::IsInteger => truth(matches!(term, Tree::Int(_) | Tree::Big(_))),
        Function::IsNumber => truth(matches!(term, Tree::Int(_) | Tree::Big(_) | Tree::Float(_))),
        Function::IsList => truth(matches!(term, Tree::List(..))),
        Function::IsTuple => truth(matches!(term, Tree::Tuple(_))),
        Function::IsMap => truth(matches!(term, Tree::Map(_))),
        Function::IsBinary | Function::IsBitstring => truth(matches!(term, Tree::Binary(_))),
        Function::IsBoolean => truth(boolean(term).is_some()),
        Function::IsPid => opaque("<"),
        Function::IsPort => opaque("#Port"),
        Function::IsReference => opaque("#Ref"),
        Function::IsFunction => truth(
            matches!(term, Tree::Opaque(text) if text.starts_with("#Fun") || text.starts_with("fun ")),
        ),
        Function::Not => truth(!boolean(term)?),
        Function::Const => term.clone(),
        Function::Hd => match term {
            Tree::List(items, _) => items.first()?.clone(),
            _ => return None,
        },
        Function::Tl => match term {
            Tree::List(items, None) if !items.is_empty() => Tree::list(items[1..].to_vec()),
            _ => return None,
        },
        Function::Length => number(term.as_list()?.len())?,
        Function::MapSize => match term {
            Tree::Map(pairs) => number(pairs.len())?,
            _ => return None,
        },
        Function::Size | Function::TupleSize | Function::ByteSize => match (function, term) {
            (Function::Size | Function::TupleSize, Tree::Tuple(items)) => number(items.len())?,
            (Function::Size | Function::ByteSize, Tree::Binary(bytes)) => number(bytes.len())?,
            _ => return None,
        },
        Function::BitSize => match term {
            Tree::Binary(bytes) => number(bytes.len() * 8)?,
            _ => return None,
        },
        Function::Abs => match term {
            Tree::Int(value) => Tree::Int(value.checked_abs()?),
            Tree::Float(value) => Tree::Float(value.abs()),
            _ => return None,
        },
        Function::Minus => match term {
            Tree::Int(value) => Tree::Int(value.checked_neg()?),
            Tree::Float(value) => Tree::Float(-value),
            _ => return None,
        },
        Function::Plus if matches!(term, Tree::Int(_) | Tree::Float(_)) => term.clone(),
        Function::Bnot => match term {
            Tree::Int(value) => Tree::Int(!value),
            _ => return None,
        },
        _ => return None,
    })
}

fn binary(function: Function, left: &Tree, right: &Tree) -> Option<Tree> {
    let order = || compare(left, right);
    Some(match function {
        Function::Greater => truth(order() == Ordering::Greater),
        Function::GreaterEq => truth(order() != Ordering::Less),
        Function::Less => truth(order() == Ordering::Less),
        Function::LessEq => truth(order() != Ordering::Greater),
        Function::Eq => truth(order() == Ordering::Equal),
        Function::Ne => truth(order() != Ordering::Equal),
        Function::ExactEq => truth(exactly(left, right)),
        Function::ExactNe => truth(!exactly(left, right)),
        Function::Max => if order() == Ordering::Less {
            right
        } else {
            left
        }
        .clone(),
        Function::Min => if order() == Ordering::Greater {
            right
        } else {
            left
        }
        .clone(),
        Function::Xor => truth(boolean(left)? != boolean(right)?),
        Function::Element => match (left, right) {
            (Tree::Int(at), Tree::Tuple(items)) => {
                items.get(usize::try_from(at - 1).ok()?)?.clone()
            }
            _ => return None,
        },
        Function::IsMapKey | Function::MapGet => {
            let Tree::Map(pairs) = right else { return None };
            let found = pairs.iter().find(|(key, _)| exactly(key, left));
            if function == Function::IsMapKey {
                truth(found.is_some())
            } else {
                found?.1.clone()
            }
        }
        _ => return arithmetic(function, left, right),
    })
}

fn arithmetic(function: Function, left: &Tree, right: &Tree) -> Option<Tree> {
    if let (Tree::Int(a), Tree::Int(b)) = (left, right) {
        let shift = |by: i64| u32::try_from(by).ok().filter(|by| *by < 64);
        let value = match function {
            Function::Plus => a.checked_add(*b)?,
            Function::Minus => a.checked_sub(*b)?,
            Function::Times => a.checked_mul(*b)?,
            Function::Div => a.checked_div(*b)?,
            Function::Rem => a.checked_rem(*b)?,
            Function::Band => a & b,
            Function::Bor => a | b,
            Function::Bxor => a ^ b,
            Function::Bsl => a.checked_mul(1i64.checked_shl(shift(*b)?)?)?,
            Function::Bsr => a >> shift(*b)?,
            Function::Divide if *b != 0 => return Some(Tree::Float(*a as f64 / *b as f64)),
            _ => return None,
        };
        return Some(Tree::Int(value));
    }
    let (a, b) = (as_float(left)?, as_float(right)?);
    let value = match function {
        Function::Plus => a + b,
        Function::Minus => a - b,
        Function::Times => a * b,
        Function::Divide => a / b,
        _ => return None,
    };
    value.is_finite().then_some(Tree::Float(value))
}

fn as_float(tree: &Tree) -> Option<f64> {
    match tree {
        Tree::Int(value) => Some(*value as f64),
        Tree::Float(value) => Some(*value),
        Tree::Big(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// `=:=`.
fn exactly(left: &Tree, right: &Tree) -> bool {
    match (left, right) {
        (Tree::Map(a), Tree::Map(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| {
                    b.iter()
                        .any(|(other, found)| exactly(key, other) && exactly(value, found))
                })
        }
        _ => left == right,
    }
}

fn rank(tree: &Tree) -> u8 {
    match tree {
        Tree::Int(_) | Tree::Big(_) | Tree::Float(_) => 0,
        Tree::Atom(_) => 1,
        Tree::Opaque(text) if text.starts_with("#Ref") => 2,
        Tree::Opaque(text) if text.starts_with("#Port") => 4,
        Tree::Opaque(text) if text.starts_with('<') => 5,
        Tree::Opaque(_) => 3,
        Tree::Tuple(_) => 6,
        Tree::Map(_) => 7,
        Tree::List(items, _) if items.is_empty() => 8,
        Tree::List(..) => 9,
        Tree::Binary(_) => 10,
    }
}

/// Erlang's term order. Pids, ports, references and funs are ordered by their text: all that is known of them.
pub fn compare(left: &Tree, right: &Tree) -> Ordering {
    let by_rank = rank(left).cmp(&rank(right));
    if by_rank != Ordering::Equal {
        return by_rank;
    }
    match (left, right) {
        (Tree::Int(a), Tree::Int(b)) => a.cmp(b),
        (Tree::Atom(a), Tree::Atom(b)) | (Tree::Opaque(a), Tree::Opaque(b)) => a.cmp(b),
        (Tree::Binary(a), Tree::Binary(b)) => a.cmp(b),
        (Tree::Tuple(a), Tree::Tuple(b)) => a.len().cmp(&b.len()).then_with(|| each(a, b)),
        (Tree::List(a, rest_a), Tree::List(b, rest_b)) => {
            each(a, b).then_with(|| match a.len().cmp(&b.len()) {
                Ordering::Equal => tails(rest_a.as_deref(), rest_b.as_deref()),
                // The shorter one ends where the other goes on: its tail against a list.
                Ordering::Less => tails(rest_a.as_deref(), Some(&Tree::list(vec![Tree::Int(0)]))),
                Ordering::Greater => {
                    tails(Some(&Tree::list(vec![Tree::Int(0)])), rest_b.as_deref())
                }
            })
        }
        (Tree::Map(a), Tree::Map(b)) => a.len().cmp(&b.len()).then_with(|| {
            let sorted = |pairs: &[(Tree, Tree)]| {
                let mut pairs = pairs.to_vec();
                pairs.sort_by(|x, y| compare(&x.0, &y.0));
                pairs.into_iter().unzip()
            };
            let (keys_a, values_a): (Vec<Tree>, Vec<Tree>) = sorted(a);
            let (keys_b, values_b): (Vec<Tree>, Vec<Tree>) = sorted(b);
            each(&keys_a, &keys_b).then_with(|| each(&values_a, &values_b))
        }),
        (Tree::Big(a), Tree::Big(b)) => compare_digits(a, b),
        // An integer beyond 64 bits beside a smaller one, or a float: their doubles tell.
        _ => as_float(left)
            .partial_cmp(&as_float(right))
            .unwrap_or(Ordering::Equal),
    }
}

fn each(a: &[Tree], b: &[Tree]) -> Ordering {
    a.iter()
        .zip(b)
        .map(|(x, y)| compare(x, y))
        .find(|order| *order != Ordering::Equal)
        .unwrap_or(Ordering::Equal)
}

fn tails(a: Option<&Tree>, b: Option<&Tree>) -> Ordering {
    if a.is_none() && b.is_none() {
        return Ordering::Equal;
    }
    let nil = Tree::nil();
    compare(a.unwrap_or(&nil), b.unwrap_or(&nil))
}

fn compare_digits(a: &str, b: &str) -> Ordering {
    match (a.strip_prefix('-'), b.strip_prefix('-')) {
        (Some(a), Some(b)) => compare_digits(b, a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
    }
}

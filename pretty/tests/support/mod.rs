//! A term made from its external format, and the view of it: enough for tests.

use std::borrow::Cow;

use transom_pretty::{MapOrder, Shape, View};

#[derive(Debug)]
#[allow(dead_code, reason = "each test file uses a part of this")]
pub enum Term {
    Int(i64),
    Big(bool, Vec<u8>),
    Float(f64),
    Atom(String),
    Nil,
    Cons(Box<Term>, Box<Term>),
    Tuple(Vec<Term>),
    Map(Vec<(Term, Term)>),
    Bits(Vec<u8>, usize),
    Opaque(String),
}

pub fn list(items: Vec<Term>) -> Term {
    items.into_iter().rev().fold(Term::Nil, |tail, head| {
        Term::Cons(Box::new(head), Box::new(tail))
    })
}

#[allow(dead_code, reason = "each test file uses a part of this")]
pub fn atom(text: &str) -> Term {
    Term::Atom(text.into())
}

impl Drop for Term {
    /// Lists and tuples may be nested very deep; dropping them must not recurse.
    fn drop(&mut self) {
        let mut todo = Vec::new();
        let take = |term: &mut Term, todo: &mut Vec<Term>| match term {
            Term::Cons(head, tail) => {
                todo.push(std::mem::replace(&mut **head, Term::Nil));
                todo.push(std::mem::replace(&mut **tail, Term::Nil));
            }
            Term::Tuple(items) => todo.append(items),
            _ => {}
        };
        take(self, &mut todo);
        while let Some(mut term) = todo.pop() {
            take(&mut term, &mut todo);
        }
    }
}

impl View for &Term {
    fn shape(&self) -> Shape<'_, Self> {
        match *self {
            Term::Int(value) => Shape::Small(*value),
            Term::Big(..) => Shape::Big,
            Term::Float(value) => Shape::Float(*value),
            Term::Atom(text) => Shape::Atom(Cow::Borrowed(text)),
            Term::Nil => Shape::Nil,
            Term::Cons(head, tail) => Shape::Cons(head, tail),
            Term::Tuple(items) => Shape::Tuple(items.len()),
            Term::Map(pairs) => Shape::Map(pairs.len()),
            Term::Bits(bytes, bits) => Shape::Bits {
                bytes: Cow::Borrowed(bytes),
                bits: *bits,
                cut: 0,
            },
            Term::Opaque(text) => Shape::Opaque(Cow::Borrowed(text)),
        }
    }

    fn element(&self, at: usize) -> Self {
        match *self {
            Term::Tuple(items) => &items[at],
            _ => panic!("not a tuple"),
        }
    }

    fn pairs(&self, _order: MapOrder) -> Vec<(Self, Self)> {
        match *self {
            Term::Map(pairs) => pairs.iter().map(|(k, v)| (k, v)).collect(),
            _ => panic!("not a map"),
        }
    }

    fn digits(&self, base: u32) -> String {
        let (negative, mut bytes) = match *self {
            Term::Int(value) => (*value < 0, value.unsigned_abs().to_be_bytes().to_vec()),
            Term::Big(negative, bytes) => (*negative, bytes.iter().rev().copied().collect()),
            _ => panic!("not an integer"),
        };
        let mut digits = Vec::new();
        while bytes.iter().any(|b| *b != 0) {
            let mut rest = 0;
            for byte in &mut bytes {
                let value = rest * 256 + u32::from(*byte);
                *byte = u8::try_from(value / base).expect("fits");
                rest = value % base;
            }
            digits.push(char::from_digit(rest, base).expect("digit"));
        }
        if digits.is_empty() {
            digits.push('0');
        }
        if negative {
            digits.push('-');
        }
        digits.iter().rev().collect()
    }
}

#[allow(dead_code, reason = "each test file uses a part of this")]
pub struct Etf<'a>(pub &'a [u8]);

#[allow(dead_code, reason = "each test file uses a part of this")]
impl Etf<'_> {
    fn take(&mut self, count: usize) -> Vec<u8> {
        let (head, rest) = self.0.split_at(count);
        self.0 = rest;
        head.to_vec()
    }

    fn number(&mut self, bytes: usize) -> usize {
        self.take(bytes)
            .iter()
            .fold(0, |n, b| n * 256 + usize::from(*b))
    }

    fn many(&mut self, count: usize) -> Vec<Term> {
        (0..count).map(|_| self.term()).collect()
    }

    pub fn term(&mut self) -> Term {
        match self.number(1) {
            131 => self.term(),
            97 => Term::Int(self.number(1) as i64),
            98 => Term::Int(i64::from(self.number(4) as u32 as i32)),
            70 => Term::Float(f64::from_be_bytes(self.take(8).try_into().expect("8"))),
            119 => {
                let n = self.number(1);
                Term::Atom(String::from_utf8(self.take(n)).expect("utf8"))
            }
            118 => {
                let n = self.number(2);
                Term::Atom(String::from_utf8(self.take(n)).expect("utf8"))
            }
            100 => {
                let n = self.number(2);
                Term::Atom(self.take(n).iter().map(|b| char::from(*b)).collect())
            }
            106 => Term::Nil,
            107 => {
                let n = self.number(2);
                list(
                    self.take(n)
                        .iter()
                        .map(|b| Term::Int(i64::from(*b)))
                        .collect(),
                )
            }
            108 => {
                let n = self.number(4);
                let items = self.many(n);
                let tail = self.term();
                items.into_iter().rev().fold(tail, |tail, head| {
                    Term::Cons(Box::new(head), Box::new(tail))
                })
            }
            104 => {
                let n = self.number(1);
                Term::Tuple(self.many(n))
            }
            105 => {
                let n = self.number(4);
                Term::Tuple(self.many(n))
            }
            109 => {
                let n = self.number(4);
                let bytes = self.take(n);
                Term::Bits(bytes, n * 8)
            }
            77 => {
                let n = self.number(4);
                let last = self.number(1);
                Term::Bits(self.take(n), (n - 1) * 8 + last)
            }
            116 => {
                let n = self.number(4);
                Term::Map((0..n).map(|_| (self.term(), self.term())).collect())
            }
            110 => {
                let n = self.number(1);
                let negative = self.number(1) == 1;
                let bytes = self.take(n);
                let value = bytes
                    .iter()
                    .rev()
                    .fold(0u128, |v, b| v.wrapping_mul(256) + u128::from(*b));
                match i64::try_from(value) {
                    Ok(value) if n <= 8 => Term::Int(if negative { -value } else { value }),
                    _ => Term::Big(negative, bytes),
                }
            }
            88 => {
                self.term();
                let (id, serial) = (self.number(4), self.number(4));
                self.number(4);
                Term::Opaque(format!("<0.{id}.{serial}>"))
            }
            tag => panic!("tag {tag}"),
        }
    }
}

#[allow(dead_code, reason = "each test file uses a part of this")]
pub fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for c in text.bytes().filter(|c| *c != b'=') {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

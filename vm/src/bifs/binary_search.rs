//! Module `binary`: searching, splitting and replacing. Several patterns compile to an automaton (leftmost, then longest), which costs more than a search
//! through a short subject: a few that are given anew with a call are looked for at each place where one may begin. One alone, and single bytes, are
//! searched for as they are. A compiled pattern is `{bm | ac, Reference}` with the searcher behind the reference.

use crate::atoms;
use crate::bifs::binary::range_pair;
use crate::bifs::data::{Answer, binary_arg, bits_arg, list_arg, pair, spend};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Resource, ResourceBox, Term};
use aho_corasick::{AhoCorasick, Input, MatchKind};
use memchr::memmem;
use smallvec::SmallVec;

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("binary", "compile_pattern", 1, compile_pattern),
    BifRow::new("binary", "match", 2, |cx, a| {
        first(cx, a[0], a[1], Term::NIL)
    })
    .long_if(weight::first),
    BifRow::new("binary", "match", 3, |cx, a| first(cx, a[0], a[1], a[2])).long_if(weight::first),
    BifRow::new("binary", "matches", 2, |cx, a| {
        every(cx, a[0], a[1], Term::NIL)
    })
    .long_if(weight::first),
    BifRow::new("binary", "matches", 3, |cx, a| every(cx, a[0], a[1], a[2])).long_if(weight::first),
    BifRow::new("binary", "split", 2, |cx, a| {
        split(cx, a[0], a[1], Term::NIL)
    })
    .long_if(weight::first),
    BifRow::new("binary", "split", 3, |cx, a| split(cx, a[0], a[1], a[2])).long_if(weight::first),
    BifRow::new("binary", "replace", 3, |cx, a| replace(cx, a, Term::NIL)).long_if(weight::first),
    BifRow::new("binary", "replace", 4, |cx, a| replace(cx, a, a[3])).long_if(weight::first),
];

/// What looks for patterns.
enum Searcher {
    One(Box<[u8]>),
    /// Patterns of one byte each.
    Bytes(ByteSet),
    /// Longer ones first, and the bytes that they begin with.
    Few(Vec<Box<[u8]>>, ByteSet),
    Many(AhoCorasick),
}

/// Patterns and bytes of them for which no automaton is built if they are searched for only once, and how long the subject may be then.
const FEW: usize = 16;
const FEW_BYTES: usize = 256;
const SHORT: usize = 1 << 14;

/// A set of bytes.
#[derive(Clone, Copy, Default)]
struct ByteSet([u64; 4]);

impl ByteSet {
    fn of(bytes: impl Iterator<Item = u8>) -> ByteSet {
        let mut set = ByteSet::default();
        for byte in bytes {
            set.0[usize::from(byte / 64)] |= 1 << (byte % 64);
        }
        set
    }

    fn has(self, byte: u8) -> bool {
        self.0[usize::from(byte / 64)] & (1 << (byte % 64)) != 0
    }

    /// The first four of them, in order.
    fn members(self) -> SmallVec<[u8; 4]> {
        let mut members = SmallVec::new();
        for (i, mut word) in self.0.into_iter().enumerate() {
            while word != 0 && members.len() < 4 {
                members.push(i as u8 * 64 + word.trailing_zeros() as u8);
                word &= word - 1;
            }
        }
        members
    }

    /// Where one of them stands.
    fn places<'a>(self, bytes: &'a [u8]) -> Box<dyn Iterator<Item = usize> + 'a> {
        match self.members()[..] {
            [a, b] => Box::new(memchr::memchr2_iter(a, b, bytes)),
            [a, b, c] => Box::new(memchr::memchr3_iter(a, b, c, bytes)),
            _ => Box::new((0..bytes.len()).filter(move |at| self.has(bytes[*at]))),
        }
    }
}

/// Starts and ends of the longest of `patterns` (longer ones first) at each place where one begins, none within another.
fn few<'a>(
    patterns: &'a [Box<[u8]>],
    begin: ByteSet,
    bytes: &'a [u8],
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += bytes[at..].iter().position(|b| begin.has(*b))?;
            let start = at;
            if let Some(p) = patterns.iter().find(|p| bytes[start..].starts_with(p)) {
                at += p.len();
                return Some((start, at));
            }
            at += 1;
        }
    })
}

/// A compiled pattern or one made for this call.
enum Pattern {
    Kept(Resource),
    Fresh(Searcher),
}

impl Pattern {
    /// That of an argument, for a subject of `len` bytes.
    fn of<'h>(t: Term<'h>, len: usize) -> Result<Pattern, Raise<'h>> {
        if let Some(pair) = t.as_tuple() {
            let kept = pair
                .get(1)
                .filter(|_| pair.len() == 2)
                .and_then(|r| r.as_ref())
                .and_then(|r| r.resource());
            let kept = kept.filter(|r| r.0.is::<Searcher>());
            return kept.map(Pattern::Kept).ok_or_else(Raise::badarg);
        }
        build(t, Some(len)).map(Pattern::Fresh)
    }

    fn searcher(&self) -> &Searcher {
        match self {
            Pattern::Kept(r) => r.0.downcast_ref().expect("invariant: checked when taken"),
            Pattern::Fresh(a) => a,
        }
    }
}

/// A binary or a list of binaries, none of them empty. `once`: for this call only, in a subject of that many bytes.
fn build<'h>(t: Term<'h>, once: Option<usize>) -> Result<Searcher, Raise<'h>> {
    let terms = match t.kind() {
        Kind::Bits(_) => vec![t],
        _ => list_arg(t)?,
    };
    let patterns = terms
        .into_iter()
        .map(binary_arg)
        .collect::<Result<Vec<_>, _>>()?;
    if patterns.is_empty() || patterns.iter().any(|p| p.is_empty()) {
        return Err(Raise::badarg());
    }
    if let [one] = &patterns[..] {
        return Ok(Searcher::One(one.to_vec().into_boxed_slice()));
    }
    let begin = ByteSet::of(patterns.iter().map(|p| p[0]));
    if patterns.iter().all(|p| p.len() == 1) {
        return Ok(Searcher::Bytes(begin));
    }
    let total: usize = patterns.iter().map(|p| p.len()).sum();
    if once.is_some_and(|len| len <= SHORT) && patterns.len() <= FEW && total <= FEW_BYTES {
        let mut patterns: Vec<Box<[u8]>> = patterns.iter().map(|p| (**p).into()).collect();
        patterns.sort_by_key(|p| std::cmp::Reverse(p.len()));
        return Ok(Searcher::Few(patterns, begin));
    }
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&patterns)
        .map(Searcher::Many)
        .map_err(|_| Raise::system_limit())
}

fn compile_pattern<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let searcher = build(a[0], None)?;
    let name = match searcher {
        Searcher::One(_) => atoms::BM,
        Searcher::Bytes(_) | Searcher::Few(..) | Searcher::Many(_) => atoms::AC,
    };
    let resource = Resource::new(ResourceBox(Box::new(searcher)));
    let reference = cx.heap().magic_ref(cx.heap().env().fresh_ref(), resource);
    Ok(pair(cx, Term::atom(name), reference))
}

#[derive(Default)]
struct Options {
    scope: Option<(usize, usize)>,
    global: bool,
    trim: bool,
    trim_all: bool,
    /// Positions in the replacement where the found part is put.
    insert: Vec<usize>,
}

/// Which options a function knows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Knows {
    Scope,
    Split,
    Replace,
}

fn options<'h>(t: Term<'h>, total: usize, knows: Knows) -> Result<Options, Raise<'h>> {
    let mut o = Options::default();
    for e in list_arg(t)? {
        match e.kind() {
            Kind::Atom(atoms::GLOBAL) if knows != Knows::Scope => o.global = true,
            Kind::Atom(atoms::TRIM) if knows == Knows::Split => o.trim = true,
            Kind::Atom(atoms::TRIM_ALL) if knows == Knows::Split => o.trim_all = true,
            Kind::Tuple(p) if p.len() == 2 => {
                match (p.get(0).and_then(|k| k.as_atom()), p.get(1)) {
                    (Some(atoms::SCOPE), Some(v)) => o.scope = Some(range_pair(total, v)?),
                    (Some(atoms::INSERT_REPLACED), Some(v)) if knows == Knows::Replace => {
                        let all = if v.is_list() { list_arg(v)? } else { vec![v] };
                        o.insert = all
                            .into_iter()
                            .map(crate::bifs::data::usize_arg)
                            .collect::<Result<_, _>>()?;
                        o.insert.sort_unstable();
                    }
                    _ => return Err(Raise::badarg()),
                }
            }
            _ => return Err(Raise::badarg()),
        }
    }
    Ok(o)
}

/// Starts and ends of what matches in the scope.
fn search(
    pattern: &Searcher,
    bytes: &[u8],
    scope: Option<(usize, usize)>,
    all: bool,
) -> Vec<(usize, usize)> {
    let (from, n) = scope.unwrap_or((0, bytes.len()));
    let bytes = &bytes[from..from + n];
    let most = if all { usize::MAX } else { 1 };
    match pattern {
        Searcher::One(one) => memmem::find_iter(bytes, one)
            .map(|start| (start + from, start + from + one.len()))
            .take(most)
            .collect(),
        Searcher::Bytes(set) => set
            .places(bytes)
            .map(|at| (at + from, at + from + 1))
            .take(most)
            .collect(),
        Searcher::Few(patterns, begin) => few(patterns, *begin, bytes)
            .map(|(start, end)| (start + from, end + from))
            .take(most)
            .collect(),
        Searcher::Many(many) => many
            .find_iter(Input::new(bytes))
            .map(|m| (m.start() + from, m.end() + from))
            .take(most)
            .collect(),
    }
}

/// The same for a pattern as a term. Where there is nothing to search, no pattern is looked at, not even whether it is one.
fn hits<'h>(
    pattern: Term<'h>,
    bytes: &[u8],
    options: &Options,
    all: bool,
) -> Result<Vec<(usize, usize)>, Raise<'h>> {
    if options.scope.map_or(bytes.len(), |(_, len)| len) == 0 {
        return Ok(Vec::new());
    }
    let pattern = Pattern::of(pattern, bytes.len())?;
    Ok(search(pattern.searcher(), bytes, options.scope, all))
}

fn found<'h>(cx: &Cx<'h>, m: (usize, usize)) -> Term<'h> {
    pair(
        cx,
        cx.heap().int(m.0 as i64),
        cx.heap().int((m.1 - m.0) as i64),
    )
}

fn first<'h>(cx: &Cx<'h>, subject: Term<'h>, pattern: Term<'h>, opts: Term<'h>) -> Answer<'h> {
    let bytes = binary_arg(subject)?;
    let o = options(opts, bytes.len(), Knows::Scope)?;
    let hits = hits(pattern, &bytes, &o, false)?;
    spend(cx, hits.first().map_or(bytes.len(), |m| m.0) / 8);
    Ok(hits
        .first()
        .map_or(Term::atom(atoms::NOMATCH), |m| found(cx, *m)))
}

fn every<'h>(cx: &Cx<'h>, subject: Term<'h>, pattern: Term<'h>, opts: Term<'h>) -> Answer<'h> {
    let bytes = binary_arg(subject)?;
    let o = options(opts, bytes.len(), Knows::Scope)?;
    let hits = hits(pattern, &bytes, &o, true)?;
    spend(cx, bytes.len() / 8);
    Ok(cx.heap().list_from(hits.into_iter().map(|m| found(cx, m))))
}

fn split<'h>(cx: &Cx<'h>, subject: Term<'h>, pattern: Term<'h>, opts: Term<'h>) -> Answer<'h> {
    let bytes = binary_arg(subject)?;
    let whole = bits_arg(subject)?;
    let o = options(opts, bytes.len(), Knows::Split)?;
    let hits = hits(pattern, &bytes, &o, o.global)?;
    spend(cx, bytes.len() / 8);
    let mut ranges: Vec<(usize, usize)> = Vec::with_capacity(hits.len() + 1);
    let mut from = 0;
    for (start, end) in hits {
        ranges.push((from, start));
        from = end;
    }
    ranges.push((from, bytes.len()));
    if o.trim_all {
        ranges.retain(|r| r.0 != r.1);
    } else if o.trim {
        while ranges.last().is_some_and(|r| r.0 == r.1) {
            ranges.pop();
        }
    }
    Ok(cx.heap().list_from(
        ranges
            .into_iter()
            .map(|(s, e)| cx.heap().sub_bits(whole, s * 8, (e - s) * 8)),
    ))
}

fn replace<'h>(cx: &Cx<'h>, a: &[Term<'h>], opts: Term<'h>) -> Answer<'h> {
    let (bytes, with) = (binary_arg(a[0])?, binary_arg(a[2])?);
    let o = options(opts, bytes.len(), Knows::Replace)?;
    if o.insert.iter().any(|i| *i > with.len()) {
        return Err(Raise::badarg());
    }
    let hits = hits(a[1], &bytes, &o, o.global)?;
    spend(cx, bytes.len() / 8);
    let mut out = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for (start, end) in hits {
        out.extend_from_slice(&bytes[from..start]);
        let mut at = 0;
        for i in &o.insert {
            out.extend_from_slice(&with[at..*i]);
            out.extend_from_slice(&bytes[start..end]);
            at = *i;
        }
        out.extend_from_slice(&with[at..]);
        from = end;
    }
    out.extend_from_slice(&bytes[from..]);
    Ok(cx.heap().binary(&out))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A search at each place finds what an automaton finds.
    #[test]
    fn few_patterns_are_found_as_an_automaton_finds_them() {
        let mut state = 1u64;
        let mut random = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut matches = 0;
        for _ in 0..2_000 {
            let mut bytes = |letters: u64, least: u64, most: u64| -> Vec<u8> {
                let len = least + random(most - least);
                (0..len).map(|_| random(letters) as u8).collect()
            };
            let patterns: Vec<Vec<u8>> = (0..4).map(|_| bytes(3, 1, 5)).collect();
            let subject = bytes(4, 0, 40);
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(&patterns)
                .expect("a small automaton");
            let expected: Vec<_> = automaton
                .find_iter(Input::new(&subject))
                .map(|m| (m.start(), m.end()))
                .collect();
            let begin = ByteSet::of(patterns.iter().map(|p| p[0]));
            let mut boxed: Vec<Box<[u8]>> = patterns.iter().map(|p| p.as_slice().into()).collect();
            boxed.sort_by_key(|p| std::cmp::Reverse(p.len()));
            let found: Vec<_> = few(&boxed, begin, &subject).collect();
            assert_eq!(found, expected, "{patterns:?} in {subject:?}");
            matches += found.len();
        }
        assert!(matches > 2_000);
    }
}

//! `unicode_util:lookup/1`: what Unicode's data say of one character. OTP does not document it; libraries for names of domains ask it.

use crate::atoms::Atom;
use crate::bifs::data::{Answer, code_point, pair};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use std::sync::LazyLock;
use unicode_normalization::char::{
    canonical_combining_class, decompose_canonical, decompose_compatible,
};

/// This file's rows.
pub const ROWS: &[BifRow] = &[BifRow::new("unicode_util", "lookup", 1, lookup)];

/// Names of compatibility decompositions, each with the letter it has in [`RUNS`].
const TAGS: &[(char, &str)] = &[
    ('b', "noBreak"),
    ('c', "compat"),
    ('f', "final"),
    ('i', "initial"),
    ('l', "sub"),
    ('m', "medial"),
    ('n', "narrow"),
    ('o', "circle"),
    ('p', "super"),
    ('q', "fraction"),
    ('s', "small"),
    ('t', "font"),
    ('u', "square"),
    ('v', "vertical"),
    ('w', "wide"),
    ('z', "isolated"),
];

/// Where characters with a decomposition of another name begin: how far behind the beginning before (1 is left out), and the letter of the name. The names
/// are those of the file UnicodeData of Unicode 14; the crate that knows the decompositions leaves them out.
const RUNS: &str = "\
    160b8c2p5c3p2c5p3q118c382p40c8p154c2962b107c389p3174l22p290c365bc9b6c24b4c61p16l40c90tc7t12c3t7pcp2t17c4t2ct20\
    q16c41q163c564o20c66o1366c624lp546c353w54c105v146c97p110c68o12uo111c12u4o47u89c25u111c31u29341p21604c32t47czfz\
    fimzfimzfimzfimzfimzfimzfimzfimzfimzfimzfimzfimzfzfzfzfzfzfzfimzfimzfimzfimzfzfimzfzfimzfimzfzf34zfimzfzfzfz2f\
    zfzfzfimimzfzfzfzfzfzfzfizfizfimz100f51i72m22z28f28i7m8fz19ifi6fif2i2f2i2fifif2if2ifif2ifi2f3if5if5if2ifi3fi10\
    f2if4if22i2f2ifif8i3f42z32v57c7s32zmz5mzmzmzmzmz2fzfzfzfzfimzfzfimzfzfimzfimzfimzfimzfimzfzfzfzfzfimzfimzfimzf\
    imzfimzfimzfimzfimzfimzfimzfimzfimzfimzfimzfimzfzfzfimzfzfzfzf5w96n127w8n1945p52351t7424c43o5u58p38u176c16o246\
    4t";

/// [`RUNS`] with the characters' numbers.
static BEGINNINGS: LazyLock<Vec<(u32, char)>> = LazyLock::new(|| {
    let mut at = 0;
    RUNS.split_inclusive(char::is_alphabetic)
        .filter_map(|run| {
            let letter = run.chars().next_back()?;
            at += run[..run.len() - 1].parse().unwrap_or(1);
            Some((at, letter))
        })
        .collect()
});

/// `#{ccc, canon, compat}`: the combining class, and the decompositions with the class of each character. A character without one has an empty list, and so has
/// Hangul, whose syllables are computed; what is no character is one of which nothing is known.
fn lookup<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let c = code_point(a[0]).filter(|c| !('\u{ac00}'..='\u{d7a3}').contains(c));
    let whole = |decompose: fn(char, &mut dyn FnMut(char))| {
        let mut all = Vec::new();
        c.into_iter()
            .for_each(|c| decompose(c, &mut |part| all.push(part)));
        all
    };
    let canon = whole(|c, each| decompose_canonical(c, each));
    let compat = whole(|c, each| decompose_compatible(c, each));
    let list = |all: &[char]| {
        let one = |c: &char| {
            let class = i64::from(canonical_combining_class(*c));
            pair(cx, cx.heap().int(class), cx.heap().int(*c as i64))
        };
        cx.heap().list_from(all.iter().map(one))
    };
    let itself = c.as_slice();
    let of_canon = if canon == itself {
        Term::NIL
    } else {
        list(&canon)
    };
    let of_compat = match c {
        Some(c) if compat != canon => pair(cx, Term::atom(tag(cx, c)?), list(&compat)),
        _ => Term::NIL,
    };
    let class = c.map_or(0, canonical_combining_class);
    let key = |name| Ok::<_, Raise<'h>>(Term::atom(cx.atom(name)?));
    Ok(cx.heap().map_from_pairs(&[
        (key("ccc")?, cx.heap().int(class.into())),
        (key("canon")?, of_canon),
        (key("compat")?, of_compat),
    ]))
}

/// The name of a character's decomposition.
fn tag<'h>(cx: &Cx<'h>, c: char) -> Result<Atom, Raise<'h>> {
    let run = BEGINNINGS.partition_point(|(begin, _)| *begin <= u32::from(c));
    let letter = BEGINNINGS[..run].last().map_or('c', |(_, letter)| *letter);
    let name = TAGS.iter().find(|(of, _)| *of == letter);
    cx.atom(name.map_or("compat", |(_, name)| name))
}

//! The natives behind `io_lib` and `io_lib_pretty`: the formatting engine of the `pretty` crate over the caller's terms.

use std::ops::Range;

use transom_pretty::{CharRange, Encoding, FormatOptions, MapOrder, Options, Records};

use crate::atoms;
use crate::bifs::erlang::lists::elements;
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Term};
use crate::view::TermView;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("io_lib", "format_native", 3, format_native).long_if(is_long_format),
    BifRow::new("io_lib_pretty", "print_native", 3, print_native).long_if(weight::first),
    BifRow::new("io_lib_pretty", "record_candidates", 1, record_candidates),
];

/// A long format, or large terms to write.
fn is_long_format(args: &[Term<'_>]) -> bool {
    weight::first(args) || weight::second(args)
}

/// The characters of a format: a list of them, or a binary (UTF-8, or bytes if it is none). A list or binary inside a list is text that goes out as it
/// is, whatever tildes it holds: what was formatted once may stand in a format.
fn format_text<'h>(t: Term<'h>) -> Option<String> {
    if let Some(text) = binary_text(t) {
        return Some(text);
    }
    let mut text = String::new();
    let mut list = t.iter_list();
    for c in list.by_ref() {
        match c.as_usize() {
            Some(c) => text.push(char::from_u32(u32::try_from(c).ok()?)?),
            None => literal_text(c, &mut text)?,
        }
    }
    list.tail().is_nil().then_some(text)
}

fn binary_text(t: Term<'_>) -> Option<String> {
    let bytes = t.as_binary()?;
    Some(match std::str::from_utf8(&bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
    })
}

/// Text of a format that is no format itself, with its tildes doubled. Walks with a stack of its own, for text may be nested as deep as memory allows.
fn literal_text(t: Term<'_>, text: &mut String) -> Option<()> {
    let mut waiting = vec![t];
    let mut push = |c: char| {
        text.push(c);
        if c == '~' {
            text.push(c);
        }
    };
    while let Some(t) = waiting.pop() {
        if let Some(c) = t.as_usize() {
            push(char::from_u32(u32::try_from(c).ok()?)?);
        } else if let Some(cell) = t.as_cons() {
            waiting.push(cell.tail());
            waiting.push(cell.head());
        } else if !t.is_nil() {
            binary_text(t)?.chars().for_each(&mut push);
        }
    }
    Some(())
}

/// A deep list as OTP builds it: each control sequence's text is a list of its own between the characters of the format. So it can stand in a
/// format again: a tilde inside such a list is no directive.
fn deep<'h>(cx: &Cx<'h>, text: &str, items: &[Range<usize>]) -> Term<'h> {
    let heap = cx.heap();
    let mut elements = Vec::with_capacity(items.len() * 2);
    let mut at = 0;
    let plain = |from: usize, to: usize, elements: &mut Vec<Term<'h>>| {
        elements.extend(
            text[from..to]
                .chars()
                .map(|c| heap.int(i64::from(u32::from(c)))),
        );
    };
    for item in items {
        plain(at, item.start, &mut elements);
        elements.push(heap.string(&text[item.clone()]));
        at = item.end;
    }
    plain(at, text.len(), &mut elements);
    heap.list(&elements)
}

/// `format_native(Format, Args, CharsLimit)`: a deep list of characters, or the atom `badarg`.
fn format_native<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let badarg = Ok(Term::atom(atoms::BADARG));
    let (Some(format), Ok(values), Some(limit)) =
        (format_text(args[0]), elements(args[1]), args[2].as_small())
    else {
        return badarg;
    };
    let views: Vec<TermView<'h>> = values
        .into_iter()
        .map(|t| TermView::new(t, cx.atoms()))
        .collect();
    let options = FormatOptions {
        chars_limit: limit,
        ..FormatOptions::default()
    };
    match transom_pretty::format_items(&format, &views, &options) {
        Ok((text, items)) => {
            cx.bump(text.len() as i64 / 20);
            Ok(deep(cx, &text, &items))
        }
        Err(_) => badarg,
    }
}

/// Field names by tag and size, as the Erlang side gathered them.
struct Known(Vec<(String, usize, Vec<String>)>);

impl Records for Known {
    fn fields(&self, tag: &str, fields: usize) -> Option<Vec<String>> {
        self.0
            .iter()
            .find(|(t, n, _)| t == tag && *n == fields)
            .map(|(_, _, names)| names.clone())
    }
}

/// `[{Tag, [Field]}]`.
fn known<'h>(cx: &Cx<'h>, list: Term<'h>) -> Result<Known, Raise<'h>> {
    let text = |t: Term<'h>| {
        t.as_atom()
            .map(|a| cx.atoms().text(a).to_owned())
            .ok_or_else(Raise::badarg)
    };
    let mut records = Vec::new();
    for record in elements(list)? {
        let pair = record
            .as_tuple()
            .filter(|t| t.len() == 2)
            .ok_or_else(Raise::badarg)?;
        let (Some(tag), Some(fields)) = (pair.get(0), pair.get(1)) else {
            return Err(Raise::badarg());
        };
        let names = elements(fields)?
            .into_iter()
            .map(text)
            .collect::<Result<Vec<_>, _>>()?;
        records.push((text(tag)?, names.len(), names));
    }
    Ok(Known(records))
}

/// `print_native(Term, #{column, line_length, ...}, Records)`: the options as a map, all of them given.
fn print_native<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let map = args[1].as_map().ok_or_else(Raise::badarg)?;
    let find = |name: &str| {
        cx.atoms()
            .existing(name)
            .and_then(|a| map.get(Term::atom(a)))
    };
    let number = |name: &str| {
        find(name)
            .and_then(|t| t.as_small())
            .ok_or_else(Raise::badarg)
    };
    let is = |name: &str, value: &str| {
        find(name).is_some_and(|t| matches!(t.kind(), Kind::Atom(a) if cx.atoms().text(a) == value))
    };
    let records = known(cx, args[2])?;
    let unicode = is("encoding", "unicode") || is("encoding", "utf8");
    let options = Options {
        encoding: if unicode {
            Encoding::Unicode
        } else {
            Encoding::Latin1
        },
        strings: is("strings", "true"),
        printable: if is("printable", "unicode") {
            CharRange::Unicode
        } else {
            CharRange::Latin1
        },
        column: usize::try_from(number("column")?.max(1)).unwrap_or(1),
        line_length: usize::try_from(number("line_length")?.max(1)).unwrap_or(80),
        line_max_chars: number("line_max_chars")?,
        depth: number("depth")?,
        chars_limit: number("chars_limit")?,
        order: match () {
            () if is("maps_order", "ordered") => MapOrder::Ascending,
            () if is("maps_order", "reversed") => MapOrder::Descending,
            () => MapOrder::Internal,
        },
        records: &records,
    };
    let text = transom_pretty::print(TermView::new(args[0], cx.atoms()), &options);
    cx.bump(text.len() as i64 / 20);
    Ok(cx.heap().string(&text))
}

/// `[{Tag, NumberOfFields}]` of every tuple in the term that could be a record.
fn record_candidates<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let mut found = Vec::new();
    for (tag, fields) in transom_pretty::record_candidates(TermView::new(args[0], cx.atoms())) {
        found.push(heap.tuple(&[cx.atom_term(&tag)?, heap.int(fields as i64)]));
    }
    Ok(heap.list(&found))
}

//! The documentation of a library module in the `docs_v1` format (EEP 48), so that `h(lists, seq)` finds it in the binary. It is put together
//! from two places: `doc/<module>.txt`, written for readers, and the source: the comment at the top, the types, and for each exported function
//! its specification or its heads and the comment before them.

use transom_bytecode::Module;
use transom_bytecode::module::Const;
use transom_bytecode::operand::AtomIx;

#[path = "docs_source.rs"]
mod source;
#[path = "docs_written.rs"]
mod written;

use source::Described;
use written::Kind;

/// Adds the documentation to a compiled module; `text` is what `doc/<module>.txt` says.
pub fn add(module: &mut Module, code: &str, text: &str) {
    let exports = exports(module);
    let book = written::read(text);
    let found = source::functions(code);
    let mut items = Vec::new();
    for (name, arity) in &exports {
        let (name, arity) = (name.as_str(), *arity);
        let told = book.entry(Kind::Function, name, arity);
        let described = found.iter().find(|f| f.name == name && f.arity == arity);
        let heads = match (told, described) {
            (Some(told), _) => vec![told.head.clone()],
            (None, Some(described)) => described.shown.clone(),
            (None, None) => continue,
        };
        let comment = described.map_or("", |d| d.comment.as_str());
        let about = told.map_or(comment, |told| told.text.as_str());
        items.push(entry(module, "function", (name, arity), &heads, about));
    }
    // Built-in functions of a module are not among its exports.
    for told in book.functions() {
        let exported = exports
            .iter()
            .any(|(n, a)| *n == told.name && *a == told.arity);
        if !exported {
            let name = (told.name.as_str(), told.arity);
            items.push(entry(
                module,
                "function",
                name,
                std::slice::from_ref(&told.head),
                &told.text,
            ));
        }
    }
    for described in source::declared(code, "type")
        .into_iter()
        .chain(source::declared(code, "opaque"))
    {
        items.push(declared(module, "type", &described, ""));
    }
    for described in source::declared(code, "callback") {
        let told = book.entry(Kind::Callback, &described.name, described.arity);
        let about = told.map_or("", |told| told.text.as_str());
        items.push(declared(module, "callback", &described, about));
    }
    let top = source::comment_at_top(code);
    let about = if book.about.is_empty() {
        top
    } else {
        book.about
    };
    module.docs = Some(all(module, &about, items));
}

fn exports(module: &Module) -> Vec<(String, usize)> {
    let name = |e: &transom_bytecode::module::Export| module.atom(e.name).to_owned();
    let all = module.exports.iter();
    all.map(|e| (name(e), usize::from(e.arity))).collect()
}

fn all(module: &mut Module, about: &str, items: Vec<Const>) -> Const {
    let [tag, language] = ["docs_v1", "erlang"].map(|word| atom(module, word));
    Const::Tuple(vec![
        tag,
        Const::Nil,
        language,
        binary("text/plain"),
        english(module, about),
        Const::Map(Vec::new()),
        list(items),
    ])
}

fn declared(module: &mut Module, kind: &str, it: &Described, about: &str) -> Const {
    let about = if about.is_empty() { &it.comment } else { about };
    entry(module, kind, (&it.name, it.arity), &it.shown, about)
}

/// `{{Kind, Name, Arity}, Anno, Heads, About, Metadata}`
fn entry(
    module: &mut Module,
    kind: &str,
    (name, arity): (&str, usize),
    heads: &[String],
    about: &str,
) -> Const {
    let key = vec![
        atom(module, kind),
        atom(module, name),
        Const::Int(arity as i64),
    ];
    Const::Tuple(vec![
        Const::Tuple(key),
        Const::Nil,
        list(heads.iter().map(|head| binary(head)).collect()),
        english(module, about),
        Const::Map(Vec::new()),
    ])
}

fn english(module: &mut Module, text: &str) -> Const {
    if text.is_empty() {
        return atom(module, "none");
    }
    Const::Map(vec![(binary("en"), binary(text))])
}

fn binary(text: &str) -> Const {
    Const::Bits {
        bytes: text.as_bytes().to_vec(),
        last: 8,
    }
}

fn list(items: Vec<Const>) -> Const {
    if items.is_empty() {
        return Const::Nil;
    }
    Const::List {
        items,
        tail: Box::new(Const::Nil),
    }
}

fn atom(module: &mut Module, text: &str) -> Const {
    let at = module.atoms.iter().position(|a| a == text);
    let at = at.unwrap_or_else(|| {
        module.atoms.push(text.to_owned());
        module.atoms.len() - 1
    });
    Const::Atom(AtomIx(at as u32))
}

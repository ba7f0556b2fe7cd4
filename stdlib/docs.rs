//! The documentation of a library module, from its source: the comment at the top, and for each exported function its heads and the
//! comment before them. In the `docs_v1` format (EEP 48), so that `h(lists, seq)` finds it in the binary.

use transom_bytecode::Module;
use transom_bytecode::module::Const;
use transom_bytecode::operand::AtomIx;

/// Heads of one function that are shown at most.
const HEADS: usize = 8;

/// Adds the documentation to a compiled module.
pub fn add(module: &mut Module, source: &str) {
    let exports: Vec<(String, u8)> = module
        .exports
        .iter()
        .map(|e| (module.atom(e.name).to_owned(), e.arity))
        .collect();
    let functions = functions(source);
    let mut items = Vec::new();
    for (name, arity) in exports {
        let Some(found) = functions
            .iter()
            .find(|f| f.name == name && f.arity == usize::from(arity))
        else {
            continue;
        };
        items.push(entry(module, found));
    }
    let words = ["docs_v1", "erlang"].map(|word| atom(module, word));
    let [tag, language] = words;
    let text = comment_at_top(source);
    let about = if text.is_empty() {
        atom(module, "none")
    } else {
        english(&text)
    };
    let docs = Const::Tuple(vec![
        tag,
        Const::Nil,
        language,
        binary("text/plain"),
        about,
        Const::Map(Vec::new()),
        list(items),
    ]);
    module.docs = Some(docs);
}

struct Function {
    name: String,
    arity: usize,
    heads: Vec<String>,
    comment: String,
}

fn entry(module: &mut Module, f: &Function) -> Const {
    let kind = atom(module, "function");
    let name = atom(module, &f.name);
    let about = if f.comment.is_empty() {
        atom(module, "none")
    } else {
        english(&f.comment)
    };
    let heads = f.heads.iter().take(HEADS).map(|h| binary(h)).collect();
    Const::Tuple(vec![
        Const::Tuple(vec![kind, name, Const::Int(f.arity as i64)]),
        Const::Nil,
        list(heads),
        about,
        Const::Map(Vec::new()),
    ])
}

fn english(text: &str) -> Const {
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

/// The text of comment lines, without their signs; empty for a line that is none.
fn comment(line: &str) -> Option<&str> {
    line.starts_with("%%")
        .then(|| line.trim_start_matches('%').trim())
        .filter(|text| !text.starts_with("---") && !text.starts_with("==="))
}

fn comment_at_top(source: &str) -> String {
    let lines: Vec<&str> = source.lines().map_while(comment).collect();
    lines.join("\n")
}

/// Functions as they are laid out in the library: a clause begins at the start of a line, the comment stands right before the
/// first one (or before its spec).
fn functions(source: &str) -> Vec<Function> {
    let mut all: Vec<Function> = Vec::new();
    let mut comment_lines: Vec<&str> = Vec::new();
    let mut rest = source.lines().peekable();
    while let Some(line) = rest.next() {
        if let Some(text) = comment(line) {
            comment_lines.push(text);
            continue;
        }
        if line.starts_with("-spec") {
            let mut spec = line;
            while !spec.trim_end().ends_with('.') {
                match rest.next() {
                    Some(next) => spec = next,
                    None => break,
                }
            }
            continue;
        }
        if line.starts_with(|c: char| c.is_ascii_lowercase())
            && let Some((name, arity, head)) = head(line)
        {
            match all
                .last_mut()
                .filter(|f| f.name == name && f.arity == arity)
            {
                Some(function) => function.heads.push(head),
                None => all.push(Function {
                    name,
                    arity,
                    heads: vec![head],
                    comment: comment_lines.join("\n"),
                }),
            }
        }
        comment_lines.clear();
    }
    all
}

/// Name, arity and text of the head of a clause.
fn head(line: &str) -> Option<(String, usize, String)> {
    let open = line.find('(')?;
    let name = &line[..open];
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let (mut depth, mut commas, mut quote) = (0_usize, 0, None);
    for (at, c) in line[open..].char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    let inside = line[open + 1..open + at].trim();
                    let arity = if inside.is_empty() { 0 } else { commas + 1 };
                    return Some((name.to_owned(), arity, line[..=open + at].to_owned()));
                }
            }
            (None, ',') if depth == 1 => commas += 1,
            (None, '%') => return None,
            (None, _) => {}
        }
    }
    None
}

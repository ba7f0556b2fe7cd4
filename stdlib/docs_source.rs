//! What the source of a library module says of its functions, types and callbacks.

/// Heads of one function that are shown at most.
const HEADS: usize = 8;

/// A function, type or callback.
pub struct Described {
    pub name: String,
    pub arity: usize,
    /// Its specification, its heads, or its declaration.
    pub shown: Vec<String>,
    pub comment: String,
}

/// The text of comment lines, without their signs; empty for a line that is none.
fn comment(line: &str) -> Option<&str> {
    line.starts_with("%%")
        .then(|| line.trim_start_matches('%').trim())
        .filter(|text| !text.starts_with("---") && !text.starts_with("==="))
}

/// What a module says of itself.
pub fn comment_at_top(source: &str) -> String {
    let lines: Vec<&str> = source.lines().map_while(comment).collect();
    lines.join("\n")
}

/// Functions as they are laid out in the library: a clause begins at the start of a line, the comment stands right before the first one
/// (or before its specification, which is shown instead of the heads).
pub fn functions(source: &str) -> Vec<Described> {
    let mut all: Vec<Described> = Vec::new();
    let mut comment_lines: Vec<&str> = Vec::new();
    let mut spec: Option<Described> = None;
    let mut rest = source.lines();
    while let Some(line) = rest.next() {
        if let Some(text) = comment(line) {
            comment_lines.push(text);
            continue;
        }
        if let Some(begun) = line.strip_prefix("-spec ") {
            spec = declaration(begun, &mut rest).map(|mut spec| {
                for line in &mut spec.shown {
                    line.insert_str(0, "-spec ");
                }
                spec
            });
            continue;
        }
        if line.starts_with(|c: char| c.is_ascii_lowercase())
            && let Some((name, arity, head)) = head(line)
        {
            let specified = spec.take_if(|s| s.name == name && s.arity == arity);
            match all
                .last_mut()
                .filter(|f| f.name == name && f.arity == arity)
            {
                Some(known) if known.shown[0].starts_with("-spec") => {}
                Some(known) if known.shown.len() < HEADS => known.shown.push(head),
                Some(_) => {}
                None => all.push(Described {
                    name,
                    arity,
                    shown: specified.map_or_else(|| vec![head], |s| s.shown),
                    comment: comment_lines.join("\n"),
                }),
            }
        }
        comment_lines.clear();
    }
    all
}

/// Declarations `-KIND name(...) ...`, with the comments before them.
pub fn declared(source: &str, kind: &str) -> Vec<Described> {
    let start = format!("-{kind} ");
    let mut all = Vec::new();
    let mut comment_lines: Vec<&str> = Vec::new();
    let mut rest = source.lines();
    while let Some(line) = rest.next() {
        if let Some(text) = comment(line) {
            comment_lines.push(text);
            continue;
        }
        if let Some(begun) = line.strip_prefix(&start)
            && let Some(mut it) = declaration(begun, &mut rest)
        {
            it.comment = comment_lines.join("\n");
            for line in &mut it.shown {
                line.insert_str(0, &start);
            }
            all.push(it);
        }
        comment_lines.clear();
    }
    all
}

/// The rest of a declaration up to its dot, on one line.
fn declaration<'a>(begun: &'a str, rest: &mut impl Iterator<Item = &'a str>) -> Option<Described> {
    let mut text = begun.split(" % ").next().unwrap_or("").trim().to_owned();
    while !text.ends_with('.') {
        let next = rest.next()?.split(" % ").next().unwrap_or("").trim();
        text.push(' ');
        text.push_str(next);
    }
    let (name, arity, _) = head(&text)?;
    Some(Described {
        name,
        arity,
        shown: vec![text],
        comment: String::new(),
    })
}

/// Name, arity and text of the head of a clause.
pub fn head(line: &str) -> Option<(String, usize, String)> {
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

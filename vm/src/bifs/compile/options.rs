//! Options of `compile:file/2` as the compiler and its host want them.

use std::path::{Path, PathBuf};

use transom_compiler::CompileOptions;
use transom_compiler::abstract_term::Term as Tree;
use transom_compiler::ast::Name;

use super::messages::Draw;
use crate::compile::SearchPath;

/// What a list of options says.
#[derive(Clone, Default)]
pub struct Wanted {
    pub compile: CompileOptions,
    pub path: SearchPath,
    /// Positions with columns (the default) or lines only.
    pub columns: bool,
    /// How messages are drawn.
    pub draw: Draw,
    /// Answer the forms too.
    pub forms: bool,
}

/// Reads options; what is none of the host's business goes on to the compiler.
pub fn read(options: Vec<Tree>, file: &str) -> Wanted {
    let mut wanted = Wanted {
        columns: true,
        ..Wanted::default()
    };
    wanted.path.libs = SearchPath::libs_of_environment();
    let module = Path::new(file).file_stem();
    wanted.compile.parse.default_module = module.map(|m| Name::from(m.to_string_lossy().as_ref()));
    for option in options {
        add(&mut wanted, option);
    }
    wanted
}

/// One option more.
pub fn add(wanted: &mut Wanted, option: Tree) {
    match option.as_tuple() {
        Some([tag, value]) => pair(wanted, tag, value),
        Some([tag, name, value]) if tag.is_atom("d") => {
            define(wanted, name, Some(value.to_string()));
        }
        // What a macro of the command line stands for, when it is no term.
        Some([tag, name, value]) if tag.is_atom("d_text") => {
            define(wanted, name, text(value));
            return;
        }
        Some(_) => {}
        None if option.is_atom("return_forms") => wanted.forms = true,
        None => {}
    }
    wanted.compile.options.push(option);
}

fn define(wanted: &mut Wanted, name: &Tree, value: Option<String>) {
    if let Some(name) = text(name) {
        wanted.compile.parse.defines.push((Name::from(name), value));
    }
}

fn pair(wanted: &mut Wanted, tag: &Tree, value: &Tree) {
    let Some(tag) = tag.as_atom() else { return };
    match &**tag {
        "i" => wanted.path.include.extend(text(value).map(PathBuf::from)),
        "d" => define(wanted, value, None),
        "source" => wanted.compile.source = text(value),
        "code_path" => {
            for dir in value.to_list().unwrap_or_default() {
                if let Some(dir) = text(&dir) {
                    wanted.path.add_code_dir(Path::new(&dir));
                }
            }
        }
        "app_dir" => {
            if let Some([name, dir]) = value.as_tuple()
                && let (Some(name), Some(dir)) = (text(name), text(dir))
            {
                wanted.path.apps.push((name, PathBuf::from(dir)));
            }
        }
        "draw" => {
            wanted.draw = match value.as_atom().map(|a| &**a) {
                Some("colour") => Draw::Human(true),
                Some("short") => Draw::Short,
                Some("json") => Draw::Json,
                Some(_) => Draw::Human(false),
                None => Draw::Not,
            }
        }
        "error_location" => wanted.columns = !value.is_atom("line"),
        _ => {}
    }
}

/// An atom or a string.
fn text(t: &Tree) -> Option<String> {
    match t.as_atom() {
        Some(name) => Some(name.to_string()),
        None => t.to_text(),
    }
}

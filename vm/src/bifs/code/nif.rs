//! Libraries of native functions are not loaded: whoever asks for one learns so as from a system that cannot open it, and programs that have
//! the same in Erlang go on with that.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::io::text::text_of;
use std::path::Path;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[BifRow::new("erlang", "load_nif", 2, load_nif)];

/// `load_nif(Path, Info) -> {error, {load_failed, Text}}`
fn load_nif<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let is_text = args[0].is_list() || args[0].as_binary().is_some();
    let path = text_of(args[0]).filter(|path| is_text && !path.contains('\0'));
    let file = path.ok_or_else(Raise::badarg)? + ".so";
    let why = if Path::new(&file).exists() {
        "native code in libraries is not loaded"
    } else {
        "cannot open shared object file: No such file or directory"
    };
    let text = format!("Failed to load NIF library: '{file}: {why}'");
    let heap = cx.heap();
    let reason = heap.tuple(&[cx.atom_term("load_failed")?, heap.string(&text)]);
    Ok(heap.tuple(&[Term::atom(atoms::ERROR), reason]))
}

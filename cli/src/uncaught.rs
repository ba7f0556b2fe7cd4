//! Where the exception that ended a program was raised: the line of its source, drawn behind the report of the logger.

use transom_compiler::report::excerpt;
use transom_vm::heap::Term;
use transom_vm::io::text::text_of;
use transom_vm::vm::Vm;

/// The first frame whose source can be read, as a drawing, from the reason `{Exception, [{M, F, Arity, [{file, File}, {line, Line}]}]}`.
pub fn source_line(vm: &Vm, reason: Term<'_>, colour: bool) -> Option<String> {
    let stack = reason.as_tuple().filter(|t| t.len() == 2)?.get(1)?;
    stack.list_len()?;
    stack
        .iter_list()
        .find_map(|frame| drawn(vm, frame, colour))
        .filter(|drawing| !drawing.is_empty())
}

/// Modules that come with the VM have no source here: a file of that name is another's.
fn drawn(vm: &Vm, frame: Term<'_>, colour: bool) -> Option<String> {
    let frame = frame.as_tuple().filter(|t| t.len() == 4)?;
    let code = vm.code().current(frame.get(0)?.as_atom()?)?;
    if code.is_of_image() {
        return None;
    }
    let place = frame.get(3)?;
    let file = text_of(property(vm, place, "file")?)?;
    let line = usize::try_from(property(vm, place, "line")?.as_small()?).ok()?;
    let text = std::fs::read_to_string(&file).ok()?;
    Some(excerpt(&file, &text, line, 0, colour))
}

fn property<'h>(vm: &Vm, list: Term<'h>, key: &str) -> Option<Term<'h>> {
    list.list_len()?;
    list.iter_list().find_map(|pair| {
        let pair = pair.as_tuple().filter(|t| t.len() == 2)?;
        let found = vm.atoms().text(pair.get(0)?.as_atom()?) == key;
        found.then(|| pair.get(1)).flatten()
    })
}

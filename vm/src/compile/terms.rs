//! Terms between a process heap and the compiler's tree. Both ways keep their own stack: abstract code may be thousands of levels deep.

use std::cell::Cell;

use smallvec::SmallVec;
use transom_compiler::abstract_term::Term as Tree;
use transom_compiler::forms::Make;
use transom_compiler::integer::Int as TreeInt;

use crate::atoms::{AtomTable, TooMany};
use crate::heap::{Heap, Int, Kind, Term};
use crate::sync::code_cells::CellTable;

/// What is still to be done while reading: look at a term, or make one of the values read last.
enum Read<'h> {
    Look(Term<'h>),
    Tuple(usize),
    List(usize),
    Improper(usize),
    Map(usize),
}

/// A term as a tree; `None` for what the compiler has no word for (pids, ports, references, local funs).
#[must_use]
pub fn read(atoms: &AtomTable, term: Term<'_>) -> Option<Tree> {
    let mut todo = vec![Read::Look(term)];
    let mut done: Vec<Tree> = Vec::new();
    while let Some(step) = todo.pop() {
        match step {
            Read::Look(term) => look(atoms, term, &mut todo, &mut done)?,
            Read::Tuple(n) => {
                let parts = done.split_off(done.len() - n);
                done.push(Tree::Tuple(parts));
            }
            Read::List(n) => {
                let items = done.split_off(done.len() - n);
                done.push(Tree::List(items));
            }
            Read::Improper(n) => {
                let mut items = done.split_off(done.len() - n);
                let tail = items.pop()?;
                done.push(Tree::Improper(items, Box::new(tail)));
            }
            Read::Map(n) => {
                let mut flat = done.split_off(done.len() - 2 * n).into_iter();
                let mut pairs = Vec::with_capacity(n);
                while let (Some(key), Some(value)) = (flat.next(), flat.next()) {
                    pairs.push((key, value));
                }
                done.push(Tree::Map(pairs));
            }
        }
    }
    done.pop()
}

fn look<'h>(
    atoms: &AtomTable,
    term: Term<'h>,
    todo: &mut Vec<Read<'h>>,
    done: &mut Vec<Tree>,
) -> Option<()> {
    match term.kind() {
        Kind::Small(n) => done.push(Tree::int(n)),
        Kind::Big(_) => {
            let n = Int::of(term)?;
            done.push(Tree::Int(TreeInt::from_limbs(
                n.is_negative(),
                n.limbs().to_vec(),
            )));
        }
        Kind::Float(f) => done.push(Tree::Float(f)),
        Kind::Atom(a) => done.push(Tree::atom(atoms.text(a))),
        Kind::Nil => done.push(Tree::nil()),
        Kind::Cons(_) => {
            if let Some(text) = text(term) {
                done.push(Tree::string(&text));
                return Some(());
            }
            let mut items = term.iter_list();
            let elements: Vec<Term<'h>> = items.by_ref().collect();
            let tail = items.tail();
            let n = elements.len();
            if tail.is_nil() {
                todo.push(Read::List(n));
            } else {
                todo.push(Read::Improper(n + 1));
                todo.push(Read::Look(tail));
            }
            todo.extend(elements.into_iter().rev().map(Read::Look));
        }
        Kind::Tuple(t) => {
            todo.push(Read::Tuple(t.len()));
            todo.extend(t.iter().rev().map(Read::Look));
        }
        Kind::Map(m) => {
            todo.push(Read::Map(m.len()));
            for (key, value) in m.iter() {
                todo.push(Read::Look(value));
                todo.push(Read::Look(key));
            }
        }
        Kind::Bits(b) if b.is_binary() => done.push(Tree::Binary(b.bytes().to_vec())),
        Kind::Bits(b) => {
            let last = (b.bit_len() % 8) as u8;
            done.push(Tree::Bits(b.bytes().to_vec(), last));
        }
        Kind::Fun(f) => {
            let (module, name) = f.export()?;
            let (module, name) = (atoms.text(module), atoms.text(name));
            done.push(Tree::ExportFun(module.into(), name.into(), f.arity()));
        }
        Kind::Pid(_) | Kind::Port(_) | Kind::Ref(_) | Kind::MatchCtx(_) => return None,
    }
    Some(())
}

/// The text of a proper list of characters: most lists in abstract code that start with a number are strings.
fn text(list: Term<'_>) -> Option<String> {
    let mut out = String::new();
    let mut items = list.iter_list();
    for item in items.by_ref() {
        let code = u32::try_from(item.as_small()?).ok()?;
        out.push(char::from_u32(code)?);
    }
    items.tail().is_nil().then_some(out)
}

/// What is still to be done while writing.
enum Write<'t> {
    Look(&'t Tree),
    Tuple(usize),
    List(usize),
    Improper(usize),
    Map(usize),
}

/// A tree as a term.
///
/// # Errors
/// When the atom table is full.
pub fn write<'h>(
    heap: &'h Heap,
    atoms: &AtomTable,
    cells: &CellTable,
    tree: &Tree,
) -> Result<Term<'h>, TooMany> {
    let mut todo = vec![Write::Look(tree)];
    let mut done: Vec<Term<'h>> = Vec::new();
    while let Some(step) = todo.pop() {
        match step {
            Write::Look(Tree::Tuple(parts)) => {
                todo.push(Write::Tuple(parts.len()));
                todo.extend(parts.iter().rev().map(Write::Look));
            }
            Write::Look(Tree::List(items)) => {
                todo.push(Write::List(items.len()));
                todo.extend(items.iter().rev().map(Write::Look));
            }
            Write::Look(Tree::Improper(items, tail)) => {
                todo.push(Write::Improper(items.len()));
                todo.push(Write::Look(tail));
                todo.extend(items.iter().rev().map(Write::Look));
            }
            Write::Look(Tree::Map(pairs)) => {
                todo.push(Write::Map(pairs.len()));
                for (key, value) in pairs {
                    todo.push(Write::Look(value));
                    todo.push(Write::Look(key));
                }
            }
            Write::Look(leaf) => done.push(write_leaf(heap, atoms, cells, leaf)?),
            Write::Tuple(n) => {
                let parts = done.split_off(done.len() - n);
                done.push(heap.tuple(&parts));
            }
            Write::List(n) => {
                let items = done.split_off(done.len() - n);
                done.push(heap.list(&items));
            }
            Write::Improper(n) => {
                let mut items = done.split_off(done.len() - n - 1);
                let tail = items.pop().unwrap_or(Term::NIL);
                done.push(heap.list_with_tail(&items, tail));
            }
            Write::Map(n) => {
                let flat = done.split_off(done.len() - 2 * n);
                let pairs: Vec<_> = flat.chunks_exact(2).map(|p| (p[0], p[1])).collect();
                done.push(heap.map_from_pairs(&pairs));
            }
        }
    }
    Ok(done.pop().unwrap_or(Term::NIL))
}

/// Makes the terms of the abstract format on a heap, without a tree in between.
pub struct OnHeap<'a, 'h> {
    heap: &'h Heap,
    atoms: &'a AtomTable,
    cells: &'a CellTable,
    /// Was there no room for an atom? What was made is of no use then.
    full: &'a Cell<bool>,
    /// Tags of nodes met last, by address and length of their text: there are few, and each node has one.
    tags: [Cell<(usize, usize, Term<'h>)>; TAGS],
}

/// A power of two.
const TAGS: usize = 64;

impl<'a, 'h> OnHeap<'a, 'h> {
    /// On this heap; `full` is set when the atom table is full.
    pub fn new(
        heap: &'h Heap,
        atoms: &'a AtomTable,
        cells: &'a CellTable,
        full: &'a Cell<bool>,
    ) -> OnHeap<'a, 'h> {
        OnHeap {
            heap,
            atoms,
            cells,
            full,
            tags: std::array::from_fn(|_| Cell::new((0, 0, Term::NIL))),
        }
    }

    fn tag(&self, tag: &'static str) -> Term<'h> {
        let (address, length) = (tag.as_ptr().addr(), tag.len());
        let known = &self.tags[(address ^ (address >> 6) ^ length) % TAGS];
        match known.get() {
            (a, l, atom) if (a, l) == (address, length) => atom,
            _ => {
                let atom = self.atom(tag);
                known.set((address, length, atom));
                atom
            }
        }
    }

    fn or_full(&self, term: Result<Term<'h>, TooMany>) -> Term<'h> {
        term.unwrap_or_else(|_| {
            self.full.set(true);
            Term::NIL
        })
    }
}

impl<'h> Make for OnHeap<'_, 'h> {
    type Term = Term<'h>;

    fn atom(&self, name: &str) -> Term<'h> {
        self.or_full(self.atoms.intern(name).map(Term::atom))
    }

    fn integer(&self, value: &TreeInt) -> Term<'h> {
        match value {
            TreeInt::Small(n) => self.heap.int(*n),
            TreeInt::Big(b) => self.heap.big(b.negative, &b.magnitude),
        }
    }

    fn float(&self, value: f64) -> Term<'h> {
        self.heap.float(value)
    }

    fn string(&self, text: &str) -> Term<'h> {
        self.heap.string(text)
    }

    fn list(&self, items: Vec<Term<'h>>) -> Term<'h> {
        self.heap.list(&items)
    }

    fn tuple<const N: usize>(&self, parts: [Term<'h>; N]) -> Term<'h> {
        self.heap.tuple(&parts)
    }

    fn node<const N: usize>(
        &self,
        tag: &'static str,
        anno: Term<'h>,
        parts: [Term<'h>; N],
    ) -> Term<'h> {
        let mut all: SmallVec<[Term<'h>; 8]> = SmallVec::new();
        all.push(self.tag(tag));
        all.push(anno);
        all.extend(parts);
        self.heap.tuple(&all)
    }

    fn term(&self, term: &Tree) -> Term<'h> {
        self.or_full(write(self.heap, self.atoms, self.cells, term))
    }
}

fn write_leaf<'h>(
    heap: &'h Heap,
    atoms: &AtomTable,
    cells: &CellTable,
    leaf: &Tree,
) -> Result<Term<'h>, TooMany> {
    Ok(match leaf {
        Tree::Atom(a) => Term::atom(atoms.intern(a)?),
        Tree::Int(TreeInt::Small(n)) => heap.int(*n),
        Tree::Int(TreeInt::Big(b)) => heap.big(b.negative, &b.magnitude),
        Tree::Float(f) => heap.float(*f),
        Tree::Str(s) => heap.string(s),
        Tree::Binary(bytes) => heap.binary(bytes),
        Tree::Bits(bytes, last) => {
            let bits = (bytes.len() * 8).saturating_sub(8 - usize::from(*last));
            heap.bitstring(bytes, bits)
        }
        Tree::ExportFun(module, name, arity) => {
            let (module, name) = (atoms.intern(module)?, atoms.intern(name)?);
            let cell = cells.ensure(module, name, *arity);
            heap.export_fun(module, name, *arity, cell.word())
        }
        // Handled by the caller, who keeps the stack for them.
        Tree::List(_) | Tree::Improper(..) | Tree::Tuple(_) | Tree::Map(_) => Term::NIL,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heap::{HeapEnv, HeapOptions};
    use std::sync::Arc;

    #[test]
    fn trees_go_there_and_back() {
        let env = HeapEnv::new(Arc::new(AtomTable::new(10_000)));
        let heap = Heap::new(&env, HeapOptions::default());
        let big = Tree::Int(TreeInt::from_limbs(true, vec![0, 0, 7]));
        let deep = (0..200_000).fold(Tree::nil(), |t, _| Tree::List(vec![t]));
        let map = Tree::Map(vec![
            (Tree::atom("k"), Tree::int(-1)),
            (Tree::int(1), Tree::Float(0.5)),
        ]);
        let improper = Tree::Improper(vec![Tree::atom("a"), map], Box::new(Tree::Binary(vec![1])));
        let all = Tree::Tuple(vec![big, deep, improper, Tree::string("h\u{e9}")]);
        let cells = CellTable::new(Box::new(|_| [0; 4]));
        let term = write(&heap, &env.atoms, &cells, &all).expect("room for atoms");
        let back = read(&env.atoms, term).expect("only known kinds");
        let Tree::Tuple(parts) = &back else {
            panic!("a tuple")
        };
        assert_eq!(
            parts[0],
            Tree::Int(TreeInt::from_limbs(true, vec![0, 0, 7]))
        );
        assert_eq!(parts[2].to_string(), "[a,#{k => -1,1 => 0.5}|<<1>>]");
        assert_eq!(parts[3], Tree::string("h\u{e9}"));
    }
}

//! The second pass of `~p`: puts measured nodes on lines.
//!
//! The rules, as the reference shows them: what fits stays on one line; simple elements fill lines, anything with inner
//! structure that was not printed whole starts and ends its own line; closing brackets count towards the last element. A
//! tagged tuple or record aligns its elements behind the tag (`Indent::Align`) unless some line would begin too far
//! right; then everything is indented by 4, and if that is too much as well, by 1.

mod indent;

use crate::doc::{Doc, Kind, NONE, NodeId};
use crate::options::Options;
use indent::Indent;

/// Where a node is put: `column` (from 1), `closing` brackets that must follow on its last line, `used` characters on
/// the line so far, indentation not counted.
#[derive(Clone, Copy, Debug)]
struct Place {
    column: usize,
    closing: usize,
    used: usize,
}

struct Lines<'d> {
    doc: &'d Doc,
    line_length: usize,
    max_chars: usize,
    indent: Indent,
}

enum Todo {
    Node(NodeId, Place),
    /// The siblings from `.0` on: elements begin in `start`, the line is filled up to `column` (`None`: a line break must
    /// come first).
    Siblings {
        id: NodeId,
        start: usize,
        column: Option<usize>,
        closing: usize,
        used: usize,
    },
    Text(&'static str),
    NewLine(usize),
}

pub(crate) fn print(out: &mut String, doc: &Doc, options: &Options<'_>) {
    let width = doc.width();
    let max_chars = usize::try_from(options.line_max_chars).unwrap_or(width);
    let mut lines = Lines {
        doc,
        line_length: options.line_length,
        max_chars,
        indent: Indent::Align,
    };
    let place = Place {
        column: options.column,
        closing: 0,
        used: 0,
    };
    if lines.fits(doc.root, place) {
        lines.flat(out, doc.root);
        return;
    }
    if !lines.indent_works(doc.root, place) {
        lines.indent = Indent::By(4);
        if !lines.indent_works(doc.root, place) {
            lines.indent = Indent::By(1);
        }
    }
    lines.put_all(out, doc.root, place);
}

impl Lines<'_> {
    fn fits(&self, id: NodeId, place: Place) -> bool {
        let width = self.doc.node(id).width;
        width + place.column + place.closing < self.line_length
            && width + place.used + place.closing <= self.max_chars
    }

    /// Whether the separator and the simple node `id` fit behind `column`.
    fn fits_behind(&self, id: NodeId, column: usize, closing: usize, used: usize) -> bool {
        if !self.doc.is_simple(id) {
            return false;
        }
        let width = 1 + self.doc.node(id).width;
        // A separator must follow unless closing brackets do.
        let after = closing.max(1);
        width + column + after < self.line_length && used + width + after <= self.max_chars
    }

    /// What must stand behind `id` on its line: nothing special if a sibling follows, else the closing brackets.
    fn closing_after(&self, id: NodeId, closing: usize) -> usize {
        match self.doc.node(id).next {
            NONE => closing + 1,
            // Before a tail or a cut the reference counts as if the list ended.
            next if self.doc.node(next).kind == Kind::Dots
                || self.doc.node(next).separator == '|' =>
            {
                closing + 1
            }
            _ => 0,
        }
    }

    fn put_all(&self, out: &mut String, root: NodeId, place: Place) {
        let mut todo = vec![Todo::Node(root, place)];
        while let Some(next) = todo.pop() {
            match next {
                Todo::Text(text) => out.push_str(text),
                Todo::NewLine(column) => new_line(out, column),
                Todo::Node(id, place) => self.put(out, id, place, &mut todo),
                Todo::Siblings {
                    id,
                    start,
                    column,
                    closing,
                    used,
                } => {
                    self.put_sibling(out, id, start, column, closing, used, &mut todo);
                }
            }
        }
    }

    /// Puts a node that stands at `place`, on several lines if it must.
    fn put(&self, out: &mut String, id: NodeId, place: Place, todo: &mut Vec<Todo>) {
        if self.fits(id, place) {
            self.flat(out, id);
            return;
        }
        let node = self.doc.node(id);
        match node.kind {
            Kind::Text | Kind::Solid | Kind::Dots => out.push_str(self.doc.text(id)),
            Kind::Bits => self.put_bits(out, id, place),
            Kind::List => self.put_elements(out, "[", "]", node.first, place, todo),
            Kind::Tuple => self.put_elements(out, "{", "}", node.first, place, todo),
            Kind::Map => self.put_elements(out, "#{", "}", node.first, place, todo),
            Kind::Tagged => self.put_tagged(out, id, place, todo),
            Kind::Record => self.put_record(out, id, place, todo),
            Kind::Pair => {
                let value = self.doc.node(node.first).next;
                let column = place.column + self.indent.of_map_value();
                todo.push(Todo::Node(
                    value,
                    Place {
                        column,
                        closing: place.closing,
                        used: 0,
                    },
                ));
                todo.push(Todo::NewLine(column));
                todo.push(Todo::Text(" =>"));
                todo.push(Todo::Node(
                    node.first,
                    Place {
                        column: place.column,
                        closing: place.closing,
                        used: place.used,
                    },
                ));
            }
            Kind::Field => self.put_field(out, id, place, todo),
        }
    }

    fn put_elements(
        &self,
        out: &mut String,
        open: &str,
        close: &'static str,
        first: NodeId,
        place: Place,
        todo: &mut Vec<Todo>,
    ) {
        out.push_str(open);
        todo.push(Todo::Text(close));
        let column = place.column + open.len();
        // As for the reference, what stands before a map counts for its first pair only.
        // As for the reference, what stands before a map counts for its first pair only.
        let (used, lead) = if open == "#{" {
            (0, place.used + 1)
        } else {
            (place.used + open.len(), 0)
        };
        self.put_first(
            out,
            first,
            Place {
                column,
                closing: place.closing,
                used,
            },
            lead,
            todo,
        );
    }

    /// Puts the first of a row of siblings at `place` and leaves the others to do. `lead` more characters count on the
    /// line of the first alone.
    fn put_first(
        &self,
        out: &mut String,
        first: NodeId,
        place: Place,
        lead: usize,
        todo: &mut Vec<Todo>,
    ) {
        let closing = self.closing_after(first, place.closing);
        let next = self.doc.node(first).next;
        let here = Place {
            closing,
            used: place.used + lead,
            ..place
        };
        let width = self.doc.node(first).width;
        let stays = self.doc.is_simple(first)
            && (self.doc.node(first).kind == Kind::Text || self.fits(first, here));
        todo.push(Todo::Siblings {
            id: next,
            start: place.column,
            column: stays.then_some(place.column + width),
            closing: place.closing,
            used: place.used + width,
        });
        if next == NONE {
            todo.pop();
        }
        if stays {
            self.flat(out, first);
        } else {
            todo.push(Todo::Node(first, here));
        }
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "the fields of one Todo, taken apart by its match"
    )]
    fn put_sibling(
        &self,
        out: &mut String,
        id: NodeId,
        start: usize,
        column: Option<usize>,
        closing: usize,
        used: usize,
        todo: &mut Vec<Todo>,
    ) {
        let node = self.doc.node(id);
        out.push(node.separator);
        if node.kind == Kind::Dots {
            out.push_str(self.doc.text(id));
            return;
        }
        let closing_here = self.closing_after(id, closing);
        if let Some(column) = column
            && self.fits_behind(id, column, closing_here, used)
        {
            self.flat(out, id);
            if node.next != NONE {
                let (column, used) = (column + 1 + node.width, used + 1 + node.width);
                todo.push(Todo::Siblings {
                    id: node.next,
                    start,
                    column: Some(column),
                    closing,
                    used,
                });
            }
            return;
        }
        new_line(out, start);
        self.put_first(
            out,
            id,
            Place {
                column: start,
                closing,
                used: 0,
            },
            0,
            todo,
        );
    }

    /// `{tag,...}`: the elements align behind the tag, or are indented.
    fn put_tagged(&self, out: &mut String, id: NodeId, place: Place, todo: &mut Vec<Todo>) {
        let tag = self.doc.node(id).first;
        let width = self.doc.node(tag).width;
        let next = self.doc.node(tag).next;
        out.push('{');
        out.push_str(self.doc.text(tag));
        todo.push(Todo::Text("}"));
        let behind = place.column + 1 + width;
        let used = place.used + 1 + width;
        match self.indent.less_than(width + 2) {
            Some(columns) => todo.push(Todo::Siblings {
                id: next,
                start: place.column + columns,
                column: Some(behind + 1),
                closing: place.closing,
                used,
            }),
            None if self.doc.node(next).kind == Kind::Dots => out.push_str(",..."),
            None => {
                out.push(',');
                self.put_first(
                    out,
                    next,
                    Place {
                        column: behind + 1,
                        closing: place.closing,
                        used: used + 1,
                    },
                    0,
                    todo,
                );
            }
        }
    }

    fn put_record(&self, out: &mut String, id: NodeId, place: Place, todo: &mut Vec<Todo>) {
        let node = self.doc.node(id);
        let name = self.doc.text(id);
        out.push_str(name);
        out.push('{');
        todo.push(Todo::Text("}"));
        let head = name.chars().count() + 1;
        let (column, used) = match self.indent.less_than(head) {
            Some(columns) => {
                new_line(out, place.column + columns);
                (place.column + columns, 0)
            }
            None => (place.column + head, place.used + head),
        };
        self.put_first(
            out,
            node.first,
            Place {
                column,
                closing: place.closing,
                used,
            },
            0,
            todo,
        );
    }

    fn put_field(&self, out: &mut String, id: NodeId, place: Place, todo: &mut Vec<Todo>) {
        let node = self.doc.node(id);
        let name = self.doc.text(id);
        out.push_str(name);
        let head = name.chars().count() + 3;
        let (column, used) = match self.indent.less_than(head) {
            Some(columns) => {
                out.push_str(" =");
                new_line(out, place.column + columns);
                (place.column + columns, 0)
            }
            None => {
                out.push_str(" = ");
                (place.column + head, place.used + head)
            }
        };
        todo.push(Todo::Node(
            node.first,
            Place {
                column,
                closing: place.closing,
                used,
            },
        ));
    }

    /// `<<1,2,` and so on: as many whole bytes a line as fit, at least 8 columns' worth.
    fn put_bits(&self, out: &mut String, id: NodeId, place: Place) {
        let in_line = self.line_length.saturating_sub(place.column + 2);
        let in_chars = self.max_chars.saturating_sub(4 + place.used);
        let room = in_line.min(in_chars).saturating_sub(place.closing).max(8);
        let text = self.doc.text(id);
        let inner = &text[2..text.len() - 2];
        out.push_str("<<");
        let mut on_line = 0;
        for segment in inner.split_inclusive(',') {
            if on_line > 0 && on_line + segment.len() > room {
                new_line(out, place.column + 2);
                on_line = 0;
            }
            out.push_str(segment);
            on_line += segment.len();
        }
        out.push_str(">>");
    }

    /// The whole node on one line.
    fn flat(&self, out: &mut String, id: NodeId) {
        enum Step {
            Node(NodeId),
            Next(NodeId),
            Text(&'static str),
        }
        let mut todo = vec![Step::Node(id)];
        while let Some(step) = todo.pop() {
            match step {
                Step::Text(text) => out.push_str(text),
                Step::Next(id) => {
                    let node = self.doc.node(id);
                    out.push(node.separator);
                    if node.next != NONE {
                        todo.push(Step::Next(node.next));
                    }
                    todo.push(Step::Node(id));
                }
                Step::Node(id) => {
                    let node = self.doc.node(id);
                    out.push_str(self.doc.text(id));
                    let (open, close) = match node.kind {
                        Kind::Text | Kind::Solid | Kind::Bits | Kind::Dots => continue,
                        Kind::List => ("[", "]"),
                        Kind::Tuple | Kind::Tagged | Kind::Record => ("{", "}"),
                        Kind::Map => ("#{", "}"),
                        Kind::Field => (" = ", ""),
                        Kind::Pair => {
                            let value = self.doc.node(node.first).next;
                            todo.extend([
                                Step::Node(value),
                                Step::Text(" => "),
                                Step::Node(node.first),
                            ]);
                            continue;
                        }
                    };
                    out.push_str(open);
                    todo.push(Step::Text(close));
                    let next = self.doc.node(node.first).next;
                    if next != NONE {
                        todo.push(Step::Next(next));
                    }
                    todo.push(Step::Node(node.first));
                }
            }
        }
    }
}

fn new_line(out: &mut String, column: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', column - 1));
}

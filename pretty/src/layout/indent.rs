//! Choosing the indentation of a whole term: aligned behind tags, unless some line would begin too far right.

use super::{Lines, Place};
use crate::doc::{Kind, NONE, NodeId};

/// How far the elements of tagged tuples and records are indented: one choice for the whole term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Indent {
    Align,
    By(usize),
}

impl Indent {
    /// The indentation if it is smaller than `aligned`, the one alignment would give.
    pub(super) fn less_than(self, aligned: usize) -> Option<usize> {
        match self {
            Indent::By(columns) if aligned > columns => Some(columns),
            Indent::By(_) | Indent::Align => None,
        }
    }

    /// The indentation of a map's value below its key.
    pub(super) fn of_map_value(self) -> usize {
        match self {
            Indent::Align => 4,
            Indent::By(columns) => columns,
        }
    }
}

impl Lines<'_> {
    /// Whether no line would begin too far right with the current indentation.
    pub(super) fn indent_works(&self, root: NodeId, place: Place) -> bool {
        let mut todo = vec![(root, place)];
        while let Some((id, place)) = todo.pop() {
            if self.fits(id, place) {
                continue;
            }
            let node = self.doc.node(id);
            let Place {
                column,
                closing,
                used,
            } = place;
            match node.kind {
                Kind::Text | Kind::Solid | Kind::Bits | Kind::Dots => {}
                Kind::List | Kind::Tuple => {
                    self.check_row(node.first, column + 1, None, closing, used + 1, &mut todo);
                }
                Kind::Map => {
                    self.check_row(node.first, column + 2, None, closing, used + 2, &mut todo)
                }
                Kind::Tagged => {
                    let tag = self.doc.node(node.first);
                    let (behind, used) = (column + tag.width + 2, used + tag.width + 2);
                    match self.indent.less_than(tag.width + 2) {
                        Some(columns) if self.room_at(column + columns, true) => {
                            self.check_row(
                                tag.next,
                                column + columns,
                                Some(behind),
                                closing,
                                used,
                                &mut todo,
                            );
                        }
                        None if self.room_at(behind, false) => {
                            self.check_row(tag.next, behind, None, closing, used, &mut todo);
                        }
                        Some(_) | None => return false,
                    }
                }
                Kind::Record | Kind::Field => {
                    let head = self.doc.text(id).chars().count()
                        + if node.kind == Kind::Record { 1 } else { 3 };
                    let indented = self.indent.less_than(head);
                    let column = column + indented.unwrap_or(head);
                    if !self.room_at(column, true) {
                        return false;
                    }
                    let used = if indented.is_some() { 0 } else { used + head };
                    if node.kind == Kind::Field {
                        todo.push((
                            node.first,
                            Place {
                                column,
                                closing,
                                used,
                            },
                        ));
                    } else {
                        self.check_row(node.first, column, None, closing, used, &mut todo);
                    }
                }
                Kind::Pair => {
                    let value = self.doc.node(node.first).next;
                    let column = column + self.indent.of_map_value();
                    todo.push((node.first, place));
                    todo.push((
                        value,
                        Place {
                            column,
                            closing,
                            used: 0,
                        },
                    ));
                }
            }
        }
        true
    }

    /// Leaves to check what a row of siblings holds, each where it will stand. `behind`: the row goes on a line that is
    /// filled up to there; else it begins at `start`.
    fn check_row(
        &self,
        first: NodeId,
        start: usize,
        behind: Option<usize>,
        closing: usize,
        used: usize,
        todo: &mut Vec<(NodeId, Place)>,
    ) {
        let (mut filled, mut used) = (behind.unwrap_or(start), used);
        let mut leads = behind.is_none();
        let mut child = first;
        while child != NONE {
            let node = self.doc.node(child);
            let closing = self.closing_after(child, closing);
            if node.kind == Kind::Dots {
                return;
            }
            if self.doc.is_simple(child) {
                let follows = !leads && self.fits_behind(child, filled, closing, used);
                if !follows {
                    // A pair or a field counts as simple but may still have to break.
                    todo.push((
                        child,
                        Place {
                            column: start,
                            closing,
                            used: if leads { used } else { 0 },
                        },
                    ));
                }
                let separator = usize::from(!leads);
                (filled, used) = if follows || leads {
                    (
                        filled + separator + node.width,
                        used + separator + node.width,
                    )
                } else {
                    (start + node.width, node.width)
                };
            } else {
                // The reference checks a structured improper tail where the line before it ended, though it will stand
                // on a line of its own.
                let column = if node.separator == '|' { filled } else { start };
                todo.push((
                    child,
                    Place {
                        column,
                        closing,
                        used: if leads { used } else { 0 },
                    },
                ));
                filled = self.line_length;
            }
            leads = false;
            child = node.next;
        }
    }

    fn room_at(&self, column: usize, inclusive: bool) -> bool {
        let (end, half) = (self.max_chars + column, self.line_length / 2);
        if inclusive {
            end <= self.line_length || column <= half
        } else {
            end < self.line_length || column < half
        }
    }
}

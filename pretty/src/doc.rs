//! A measured term: a flat table of nodes that know how wide they are on one line, made by [`crate::measure`], read by
//! [`crate::layout`]. Nodes refer to each other by index, siblings form a list: no recursion in building, reading or dropping.

pub(crate) type NodeId = usize;
/// No node: the end of a sibling list.
pub(crate) const NONE: NodeId = usize::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text that stays together.
    Text,
    /// Text that stays together but starts and ends its own line, as what it stands for would.
    Solid,
    /// The text of an unprintable bitstring, which may break after a comma.
    Bits,
    List,
    Tuple,
    /// A tuple of at least two elements whose first is an atom: elements may align behind the tag.
    Tagged,
    Map,
    /// Children: key, value.
    Pair,
    /// Text: `#name`. Children: [`Kind::Field`]s.
    Record,
    /// Text: the field's name. One child.
    Field,
    /// The `...` of a cut list, tuple or map.
    Dots,
}

#[derive(Debug)]
pub(crate) struct Node {
    pub kind: Kind,
    /// Characters on one line.
    pub width: usize,
    /// Written before this node if it is not the first child: a comma, or a bar before an improper tail.
    pub separator: char,
    pub first: NodeId,
    pub next: NodeId,
    text: (usize, usize),
}

/// A measured term.
#[derive(Debug, Default)]
pub(crate) struct Doc {
    pub nodes: Vec<Node>,
    /// The text of all nodes, each a stretch of it.
    pub text: String,
    pub root: NodeId,
    /// How many marks of something left out it holds.
    pub dots: usize,
    /// Measuring stopped early because the text would be far longer than allowed.
    pub overflow: bool,
}

impl Doc {
    /// A node whose text is what was appended from byte `from` on.
    pub fn push(&mut self, kind: Kind, from: usize, width: usize) -> NodeId {
        let text = (from, self.text.len());
        self.nodes.push(Node {
            kind,
            width,
            separator: ',',
            first: NONE,
            next: NONE,
            text,
        });
        self.nodes.len() - 1
    }

    /// Characters of the whole on one line.
    pub fn width(&self) -> usize {
        self.nodes[self.root].width
    }

    /// A node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// The text of a node; empty for one without.
    pub fn text(&self, id: NodeId) -> &str {
        let (from, to) = self.nodes[id].text;
        &self.text[from..to]
    }

    /// Whether the node may share a line with its neighbours: it has no inner structure, or is a pair of such.
    pub fn is_simple(&self, id: NodeId) -> bool {
        let node = &self.nodes[id];
        match node.kind {
            Kind::Text => true,
            Kind::Pair | Kind::Field => {
                let mut child = node.first;
                while child != NONE {
                    if self.nodes[child].kind != Kind::Text {
                        return false;
                    }
                    child = self.nodes[child].next;
                }
                true
            }
            Kind::Solid
            | Kind::Bits
            | Kind::List
            | Kind::Tuple
            | Kind::Tagged
            | Kind::Map
            | Kind::Record
            | Kind::Dots => false,
        }
    }
}

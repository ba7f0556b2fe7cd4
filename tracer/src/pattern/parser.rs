//! Parsing and compiling in one pass: heads become match heads, guards become conditions, actions become a body.

use super::lexer::{Token, tokens};
use super::{Comparison, Compiled, Definitions, Predicate, SyntaxError};
use crate::term::Tree;

/// Terms and guards nested deeper are refused.
const MAX_DEPTH: usize = 200;

/// Compiles one pattern.
pub fn parse(text: &str, definitions: &dyn Definitions) -> Result<Compiled, SyntaxError> {
    let tokens = tokens(text)?;
    let end = text.chars().count();
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        end,
        depth: 0,
        variables: Vec::new(),
        binding: true,
        definitions,
    };
    parser.pattern()
}

struct Parser<'p> {
    tokens: &'p [(Token, usize)],
    at: usize,
    end: usize,
    depth: usize,
    /// In the order of their numbers.
    variables: Vec<String>,
    /// Whether a new variable is bound (in the head) or an error (in guards).
    binding: bool,
    definitions: &'p dyn Definitions,
}

const TESTS: &[&str] = &[
    "is_atom",
    "is_integer",
    "is_list",
    "is_number",
    "is_pid",
    "is_port",
    "is_reference",
    "is_tuple",
    "is_map",
    "is_binary",
    "is_bitstring",
    "is_function",
    "is_float",
    "is_boolean",
];
const FUNCTIONS: &[(&str, &[usize])] = &[
    ("self", &[0]),
    ("abs", &[1]),
    ("hd", &[1]),
    ("length", &[1]),
    ("node", &[0, 1]),
    ("float", &[1]),
    ("round", &[1]),
    ("floor", &[1]),
    ("ceil", &[1]),
    ("trunc", &[1]),
    ("size", &[1]),
    ("bit_size", &[1]),
    ("byte_size", &[1]),
    ("tuple_size", &[1]),
    ("map_size", &[1]),
    ("tl", &[1]),
    ("element", &[2]),
    ("is_map_key", &[2]),
    ("map_get", &[2]),
    ("min", &[2]),
    ("max", &[2]),
    ("binary_part", &[2, 3]),
];
const COMPARISONS: &[&str] = &[">", ">=", "<", "=<", "=:=", "==", "=/=", "/="];
const JOINERS: &[&str] = &["and", "or", "andalso", "orelse", "xor"];

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn position(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(_, at)| *at)
    }

    fn error<T>(&self, text: String) -> Result<T, SyntaxError> {
        Err(SyntaxError {
            text,
            at: self.position(),
        })
    }

    fn unexpected<T>(&self) -> Result<T, SyntaxError> {
        let shown = self.peek().map_or(String::new(), Token::shown);
        self.error(format!("syntax error before: {shown}"))
    }

    fn symbol(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(symbol)) if *symbol == wanted);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: &str) -> Result<(), SyntaxError> {
        if self.symbol(wanted) {
            Ok(())
        } else {
            self.unexpected()
        }
    }

    fn word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Atom(word)) if word == wanted);
        self.at += usize::from(found);
        found
    }

    fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, SyntaxError>,
    ) -> Result<T, SyntaxError> {
        if self.depth == MAX_DEPTH {
            return self.error("nested too deep".into());
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }

    /// A module or function: `None` for a variable, `_` or `'_'`.
    fn name(&mut self) -> Result<Option<String>, SyntaxError> {
        let name = match self.peek() {
            Some(Token::Atom(text)) if text == "_" => None,
            Some(Token::Atom(text)) => Some(text.clone()),
            Some(Token::Variable(_)) => None,
            _ => return self.unexpected(),
        };
        self.at += 1;
        Ok(name)
    }

    fn pattern(&mut self) -> Result<Compiled, SyntaxError> {
        let module = self.name()?;
        let (mut function, mut wild_function) = (None, false);
        let mut arity = None;
        let mut head = None;
        if self.symbol(":") {
            function = self.name()?;
            wild_function = function.is_none();
            if self.symbol("/") {
                arity = Some(self.arity()?);
            } else if self.symbol("(") {
                let args = self.terms(")")?;
                arity = Some(
                    u8::try_from(args.len())
                        .or_else(|_| self.error("too many arguments".into()))?,
                );
                head = Some(args);
            }
        }
        self.binding = false;
        let condition = if self.word("when") {
            Some(self.guards()?)
        } else {
            None
        };
        let mut compiled = Compiled {
            module,
            function,
            arity,
            spec: Tree::nil(),
            global: wild_function,
            call_count: false,
            call_time: false,
            predicates: Vec::new(),
        };
        let mut body = Vec::new();
        if self.symbol("->") {
            self.actions(&mut compiled, &mut body, head.as_deref())?;
        }
        if self.peek().is_some() {
            return self.unexpected();
        }
        let wildcard_args = || Tree::list(vec![Tree::atom("_"); usize::from(arity.unwrap_or(0))]);
        // For any function of a module the arity is told by the head alone.
        if wild_function && head.is_none() {
            compiled.arity = None;
        }
        let head = match head {
            Some(args) => Tree::list(args),
            None if wild_function && arity.is_some() => wildcard_args(),
            None => Tree::atom("_"),
        };
        compiled.spec = clause(head, condition.into_iter().collect(), body);
        Ok(compiled)
    }

    fn arity(&mut self) -> Result<u8, SyntaxError> {
        if let Some(Token::Int(value)) = self.peek()
            && let Ok(arity) = u8::try_from(*value)
        {
            self.at += 1;
            return Ok(arity);
        }
        self.unexpected()
    }

    fn actions(
        &mut self,
        compiled: &mut Compiled,
        body: &mut Vec<Tree>,
        head: Option<&[Tree]>,
    ) -> Result<(), SyntaxError> {
        let (exception_trace, mut stack) =
            (Tree::Tuple(vec![Tree::atom("exception_trace")]), false);
        let mut returns = false;
        loop {
            let at = self.at;
            let name = match self.peek() {
                Some(Token::Atom(name)) => name.clone(),
                _ => return self.unexpected(),
            };
            self.at += 1;
            match name.as_str() {
                "return" => {
                    returns = true;
                    if self.symbol("(") {
                        compiled.predicates.push(self.return_predicate(head)?);
                    }
                }
                "duration" => {
                    returns = true;
                    compiled.predicates.push(self.duration_predicate()?);
                }
                "exception" => {
                    returns = true;
                    compiled.predicates.push(Predicate::Exception);
                }
                "stack" => stack = true,
                "time" => compiled.call_time = true,
                "count" => compiled.call_count = true,
                other => {
                    self.at = at;
                    return self.error(format!("illegal action: {other}"));
                }
            }
            if !(self.symbol(",") || self.symbol(";")) {
                break;
            }
        }
        if returns {
            body.push(exception_trace);
        }
        if stack {
            body.push(Tree::Tuple(vec![
                Tree::atom("message"),
                Tree::Tuple(vec![Tree::atom("process_dump")]),
            ]));
        }
        Ok(())
    }

    /// `R) when Guard`: a match specification over the arguments and the value.
    fn return_predicate(&mut self, head: Option<&[Tree]>) -> Result<Predicate, SyntaxError> {
        let outer = self.variables.len();
        self.binding = true;
        let value = self.term()?;
        self.binding = false;
        self.expect(")")?;
        let condition = if self.word("when") {
            vec![self.joined()?]
        } else {
            Vec::new()
        };
        self.variables.truncate(outer);
        let mut target = head.map_or(Vec::new(), <[Tree]>::to_vec);
        target.push(value);
        let spec = clause(Tree::list(target), condition, Vec::new());
        Ok(Predicate::Return {
            spec,
            arguments: head.is_some(),
        })
    }

    fn duration_predicate(&mut self) -> Result<Predicate, SyntaxError> {
        let comparison = match self.peek() {
            Some(Token::Symbol(">")) => Comparison::Greater,
            Some(Token::Symbol(">=")) => Comparison::GreaterEq,
            Some(Token::Symbol("<")) => Comparison::Less,
            Some(Token::Symbol("=<")) => Comparison::LessEq,
            _ => return self.unexpected(),
        };
        self.at += 1;
        match self.peek() {
            Some(Token::Duration(ns)) => {
                let ns = *ns;
                self.at += 1;
                Ok(Predicate::Duration(comparison, ns))
            }
            _ => self.error("expected a duration with a unit: ns, us, ms or s".into()),
        }
    }

    /// Terms up to `close`, which is eaten.
    fn terms(&mut self, close: &str) -> Result<Vec<Tree>, SyntaxError> {
        let mut terms = Vec::new();
        if self.symbol(close) {
            return Ok(terms);
        }
        loop {
            terms.push(self.term()?);
            if self.symbol(close) {
                return Ok(terms);
            }
            self.expect(",")?;
        }
    }

    fn variable(&mut self, name: &str) -> Result<Tree, SyntaxError> {
        if name == "_" && self.binding {
            return Ok(Tree::atom("_"));
        }
        let number = match self.variables.iter().position(|known| known == name) {
            Some(at) => at + 1,
            None if self.binding => {
                self.variables.push(name.to_owned());
                self.variables.len()
            }
            None => return self.error(format!("unbound variable: '{name}'")),
        };
        self.at += 1;
        Ok(Tree::atom(&format!("${number}")))
    }

    fn term(&mut self) -> Result<Tree, SyntaxError> {
        self.nested(Self::term_here)
    }

    fn term_here(&mut self) -> Result<Tree, SyntaxError> {
        let Some(token) = self.peek().cloned() else {
            return self.unexpected();
        };
        if let Token::Variable(name) = &token {
            let tree = self.variable(name)?;
            // `_` is not counted among the variables and not eaten by them.
            self.at += usize::from(name == "_");
            return Ok(tree);
        }
        self.at += 1;
        Ok(match token {
            Token::Int(value) => Tree::Int(value),
            Token::Big(digits) => Tree::Big(digits),
            Token::Opaque(text) => Tree::Opaque(text),
            Token::Symbol("-") => match self.peek() {
                Some(Token::Int(value)) => {
                    let value = -*value;
                    self.at += 1;
                    Tree::Int(value)
                }
                Some(Token::Big(digits)) => {
                    let digits = format!("-{digits}");
                    self.at += 1;
                    Tree::Big(digits)
                }
                _ => return self.unexpected(),
            },
            Token::String(text) => {
                let items = text
                    .chars()
                    .map(|c| Tree::Int(i64::from(u32::from(c))))
                    .collect();
                self.appended(items)?
            }
            Token::Symbol("[") => {
                let list = self.list_items()?;
                match list {
                    Tree::List(items, None) => self.appended(items)?,
                    improper => improper,
                }
            }
            Token::Symbol("{") => {
                let items = self.terms("}")?;
                self.tuple(items)
            }
            Token::Symbol("<<") => self.binary()?,
            Token::Symbol("#") if self.symbol("{") => self.map()?,
            Token::Atom(name) if self.symbol("#") => self.record(&name)?,
            Token::Atom(name) => Tree::Atom(name),
            Token::Duration(_) | Token::Symbol(_) | Token::Variable(_) => {
                self.at -= 1;
                return self.unexpected();
            }
        })
    }

    /// A tuple is one in a head; in a condition it must not look like a call.
    fn tuple(&self, items: Vec<Tree>) -> Tree {
        if self.binding {
            Tree::Tuple(items)
        } else {
            Tree::Tuple(vec![Tree::Tuple(items)])
        }
    }

    /// Behind `[`.
    fn list_items(&mut self) -> Result<Tree, SyntaxError> {
        let mut items = Vec::new();
        if self.symbol("]") {
            return Ok(Tree::nil());
        }
        loop {
            items.push(self.term()?);
            if self.symbol("]") {
                return Ok(Tree::list(items));
            }
            if self.symbol("|") {
                let tail = self.term()?;
                self.expect("]")?;
                return Ok(match tail {
                    Tree::List(more, rest) => {
                        items.extend(more);
                        Tree::List(items, rest)
                    }
                    tail => Tree::List(items, Some(Box::new(tail))),
                });
            }
            self.expect(",")?;
        }
    }

    /// `++ Tail` behind a list, as often as it stands there.
    fn appended(&mut self, mut items: Vec<Tree>) -> Result<Tree, SyntaxError> {
        if !self.symbol("++") {
            return Ok(Tree::list(items));
        }
        match self.term()? {
            Tree::List(more, rest) => {
                items.extend(more);
                Ok(Tree::List(items, rest))
            }
            tail => Ok(Tree::List(items, Some(Box::new(tail)))),
        }
    }

    /// Behind `<<`: bytes and strings, as `<<1,"ab","é"/utf8>>`.
    fn binary(&mut self) -> Result<Tree, SyntaxError> {
        let mut bytes = Vec::new();
        if self.symbol(">>") {
            return Ok(Tree::Binary(bytes));
        }
        loop {
            match self.peek().cloned() {
                Some(Token::Int(value)) => {
                    self.at += 1;
                    bytes.push((value & 0xFF) as u8);
                }
                Some(Token::String(text)) => {
                    self.at += 1;
                    if self.symbol("/") {
                        if !self.word("utf8") {
                            return self.unexpected();
                        }
                        bytes.extend_from_slice(text.as_bytes());
                    } else {
                        bytes.extend(text.chars().map(|c| (u32::from(c) & 0xFF) as u8));
                    }
                }
                _ => return self.unexpected(),
            }
            if self.symbol(">>") {
                return Ok(Tree::Binary(bytes));
            }
            self.expect(",")?;
        }
    }

    /// Behind `#{`.
    fn map(&mut self) -> Result<Tree, SyntaxError> {
        let mut pairs = Vec::new();
        if self.symbol("}") {
            return Ok(Tree::Map(pairs));
        }
        loop {
            let key = self.term()?;
            if !(self.symbol("=>") || self.symbol(":=")) {
                return self.unexpected();
            }
            pairs.push((key, self.term()?));
            if self.symbol("}") {
                return Ok(Tree::Map(pairs));
            }
            self.expect(",")?;
        }
    }

    fn record_name(&mut self, module: &str) -> Result<(String, Vec<String>), SyntaxError> {
        let Some(Token::Atom(name)) = self.peek().cloned() else {
            return self.unexpected();
        };
        let Some(fields) = self.definitions.record(module, &name) else {
            return self.error(format!("no such record: {module}#{name}"));
        };
        self.at += 1;
        Ok((name, fields))
    }

    /// Behind `mod#`: a tuple with `_` for what is not named.
    fn record(&mut self, module: &str) -> Result<Tree, SyntaxError> {
        let (name, fields) = self.record_name(module)?;
        let mut items = vec![Tree::atom("_"); fields.len() + 1];
        items[0] = Tree::Atom(name);
        if !self.symbol("{") {
            return self.unexpected();
        }
        if self.symbol("}") {
            return Ok(self.tuple(items));
        }
        loop {
            let Some(Token::Atom(field)) = self.peek().cloned() else {
                return self.unexpected();
            };
            let Some(at) = fields.iter().position(|known| *known == field) else {
                return self.error(format!("no such field: {field}"));
            };
            self.at += 1;
            self.expect("=")?;
            items[at + 1] = self.term()?;
            if self.symbol("}") {
                return Ok(self.tuple(items));
            }
            self.expect(",")?;
        }
    }

    /// `guard, guard; guard`.
    fn guards(&mut self) -> Result<Tree, SyntaxError> {
        let mut either = self.all_of()?;
        while self.symbol(";") {
            let other = self.all_of()?;
            either = call("orelse", vec![either, other]);
        }
        Ok(either)
    }

    fn all_of(&mut self) -> Result<Tree, SyntaxError> {
        let mut both = self.joined()?;
        while self.symbol(",") {
            let other = self.joined()?;
            both = call("andalso", vec![both, other]);
        }
        Ok(both)
    }

    /// Tests joined by `and`, `orelse` and the like, all of one strength, from the left.
    fn joined(&mut self) -> Result<Tree, SyntaxError> {
        let mut left = self.negated()?;
        while let Some(Token::Atom(word)) = self.peek()
            && let Some(joiner) = JOINERS.iter().find(|joiner| *joiner == word)
        {
            self.at += 1;
            let right = self.negated()?;
            left = call(joiner, vec![left, right]);
        }
        Ok(left)
    }

    fn negated(&mut self) -> Result<Tree, SyntaxError> {
        if self.word("not") {
            let inner = self.nested(Self::negated)?;
            return Ok(call("not", vec![inner]));
        }
        let left = self.sum()?;
        if let Some(Token::Symbol(symbol)) = self.peek()
            && COMPARISONS.contains(symbol)
        {
            let symbol = *symbol;
            self.at += 1;
            let right = self.sum()?;
            return Ok(call(symbol, vec![left, right]));
        }
        Ok(left)
    }

    fn operator(&mut self, wanted: &[&'static str]) -> Option<&'static str> {
        let found = match self.peek()? {
            Token::Symbol(symbol) => wanted.iter().copied().find(|w| w == symbol)?,
            Token::Atom(word) => wanted.iter().copied().find(|w| w == word)?,
            _ => return None,
        };
        self.at += 1;
        Some(found)
    }

    fn sum(&mut self) -> Result<Tree, SyntaxError> {
        let mut left = self.product()?;
        while let Some(operator) = self.operator(&["+", "-", "bor", "bxor", "bsl", "bsr"]) {
            let right = self.product()?;
            left = call(operator, vec![left, right]);
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Tree, SyntaxError> {
        let mut left = self.value()?;
        while let Some(operator) = self.operator(&["*", "div", "rem", "band"]) {
            let right = self.value()?;
            left = call(operator, vec![left, right]);
        }
        Ok(left)
    }

    fn value(&mut self) -> Result<Tree, SyntaxError> {
        if self.symbol("(") {
            let inner = self.nested(Self::guards)?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.word("bnot") {
            let inner = self.nested(Self::value)?;
            return Ok(call("bnot", vec![inner]));
        }
        if let (Some(Token::Atom(name)), Some((Token::Symbol("("), _))) =
            (self.peek(), self.tokens.get(self.at + 1))
        {
            let name = name.clone();
            return self.nested(|parser| parser.function(&name));
        }
        self.term()
    }

    fn function(&mut self, name: &str) -> Result<Tree, SyntaxError> {
        let start = self.at;
        self.at += 2;
        if name == "is_record" {
            return self.is_record();
        }
        let mut args = Vec::new();
        if !self.symbol(")") {
            loop {
                args.push(self.sum()?);
                if self.symbol(")") {
                    break;
                }
                self.expect(",")?;
            }
        }
        let known = (TESTS.contains(&name) && args.len() == 1)
            || FUNCTIONS
                .iter()
                .any(|(known, arities)| *known == name && arities.contains(&args.len()));
        if !known {
            self.at = start + 1;
            return self.unexpected();
        }
        Ok(call(name, args))
    }

    /// Behind `is_record(`: `mod#name, Var)`.
    fn is_record(&mut self) -> Result<Tree, SyntaxError> {
        let Some(Token::Atom(module)) = self.peek().cloned() else {
            return self.unexpected();
        };
        self.at += 1;
        self.expect("#")?;
        let (name, fields) = self.record_name(&module)?;
        self.expect(",")?;
        let value = self.term()?;
        self.expect(")")?;
        let size = i64::try_from(fields.len() + 1).expect("a record's size");
        // With the tag. (`redbug` counts without it, so its test is never true.)
        Ok(call(
            "is_record",
            vec![value, Tree::Atom(name), Tree::Int(size)],
        ))
    }
}

fn call(name: &str, args: Vec<Tree>) -> Tree {
    Tree::Tuple(std::iter::once(Tree::atom(name)).chain(args).collect())
}

/// A specification of one clause.
fn clause(head: Tree, conditions: Vec<Tree>, body: Vec<Tree>) -> Tree {
    Tree::list(vec![Tree::Tuple(vec![
        head,
        Tree::list(conditions),
        Tree::list(body),
    ])])
}

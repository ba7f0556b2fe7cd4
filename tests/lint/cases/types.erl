-module(types).
-export([f/1, g/1, h/1, i/1, j/1, k/1, l/1, m/1]).
-export_type([a/0, nope/0, b/1, a/0]).
-type a() :: undefined_type().
-type b(X) :: [X].
-type b(X, Y) :: [X].
-type c(X, X) :: X.
-type d() :: X.
-type e() :: b().
-type g() :: lists:nope() | 1..2 | 2..1 | <<_:8, _:_*4>> | {a, b()}.
-type a() :: 1.
-type list() :: a.
-type atom() :: a.
-type map() :: a.
-type fn() :: fun(() -> a) | fun((...) -> b) | fun((X) -> X).
-opaque op() :: integer().
-opaque op2(A) :: A.
-type m() :: #{a => b, c := undefined2()}.
-spec f(integer()) -> ok.
f(_) -> ok.
-spec g(integer(), atom()) -> ok.
g(_) -> ok.
-spec h(X) -> Y.
h(_) -> ok.
-spec i(X) -> X when X :: integer().
i(X) -> X.
-spec j(X) -> ok when X :: Y, Y :: Z.
j(_) -> ok.
-spec k(X) -> X; (Y) -> Y.
k(X) -> X.
-spec k(X) -> X.
-spec l(integer()) -> ok.
l(_) -> ok.
-spec other:m(integer()) -> ok.
-spec types:m(integer()) -> ok.
m(_) -> ok.
-spec n(integer()) -> ok.
-callback cb(X) -> X.
-callback cb(integer()) -> ok.
-callback cb2(_) -> nope4().
-optional_callbacks([cb2/1, nope/3]).
-type any1() :: any() | term() | none() | no_return() | pid() | port() | reference() | nil() | float() | number() | boolean() | byte() | char() | string() | iolist() | iodata() | mfa() | module() | node() | timeout() | identifier() | nonempty_string() | maybe_improper_list(a, b) | nonempty_improper_list(a, b) | nonempty_maybe_improper_list() | arity() | binary() | bitstring() | function() | neg_integer() | pos_integer() | non_neg_integer() | tuple() | dict() | array() | queue().
-type dict() :: a.
-type array(X) :: X.
-type bad_any() :: integer(1).

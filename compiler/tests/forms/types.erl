%% Attributes and types of every shape.
-module(types).
-export([f/1]).
-export_type([t/1, o/0]).
-import(lists, [map/2, foldl/3]).
-record(r, {a, b = 1, c :: integer(), d = 2 :: [atom()]}).
-type t(A) :: {A, [integer()], X :: b, 1..2, -1 | 2, #{a => b, c := d}, #r{a :: b}, <<_:8, _:_*8>>, <<_:8>>, <<_:_*4>>,
               fun(), fun((...) -> a), fun((a,b) -> c), m:t(a), [a,...], [], tuple(), map(), {}, #{}, 1+2*3, u(), t(A)}.
-type u() :: $a | a | string() | nonempty_list(a) | list() | (a | b) | 16#FF.
-spec f(a) -> b; (c) -> d when A :: integer(), is_subtype(B, c).
-spec types:g() -> X :: a.
-callback g(a) -> b | c.
-opaque o() :: a.
-optional_callbacks([g/1]).
-foo(bar).
-foo({a,"b",1.5,f/1,[g/2], -3, <<"bin">>, #{a => 1}, 'Quoted atom', $x}).
-foo([a,b|c]).
-foo([]).
-compile([{inline,[f/1]}]).
-compile(nowarn_unused_record).
-on_load(f/1).
-behaviour(gen_server).
-vsn("1.0").
f(X) when a -> X;
f(_) -> 1, 2.

-module(imports_defined).
-export([a/0]).
-import(lists, [a/0]).
a() -> ok.
b() -> a().

-module(callbacks_info).
-behaviour(mine).
-callback a(integer()) -> ok.
-callback b(integer()) -> ok.
-optional_callbacks([b/1]).
-optional_callbacks([b/1]).
-optional_callbacks([c/1]).
-export([behaviour_info/1]).
behaviour_info(_) -> [].

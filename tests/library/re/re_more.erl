%% The version of the engine.
-module(re_more).
-include("../show.hrl").

start() ->
    show(fun() -> is_binary(re:version()) end).  % expect: true

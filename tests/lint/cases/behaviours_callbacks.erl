-module(behaviours_callbacks).
-behaviour(gen_server).
-behaviour(gen_event).
-export([init/1]).
-callback a(X) -> X.
init(_) -> ok.

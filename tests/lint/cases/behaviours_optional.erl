-module(behaviours_optional).
-behaviour(gen_server).
-behaviour(gen_event).
-export([init/1, handle_info/2, handle_call/3, handle_cast/2, handle_call/2, handle_event/2]).
init(_) -> ok.
handle_info(_, _) -> ok.
handle_call(_, _, _) -> ok.
handle_cast(_, _) -> ok.
handle_call(_, _) -> ok.
handle_event(_, _) -> ok.

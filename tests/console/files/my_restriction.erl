-module(my_restriction).
-export([local_allowed/3, non_local_allowed/3]).
local_allowed(f, _, State) -> {true, State};
local_allowed(pwd, [], State) -> {false, State};
local_allowed(_, _, State) -> {false, State}.
non_local_allowed({lists, _}, _, State) -> {true, State};
non_local_allowed({shell, stop_restricted}, [], State) -> {true, State};
non_local_allowed(_, _, State) -> {false, State}.

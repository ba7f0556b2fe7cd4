#!/usr/bin/env escript
%% Asks the installed Erlang for the abstract format of the sources beside it and writes NAME.forms, one form a line.
main(_) ->
    [begin
         {ok, Forms} = epp:parse_file(F, [{location, {1, 1}}]),
         {ok, D} = file:open(filename:rootname(F) ++ ".forms", [write, {encoding, utf8}]),
         [io:format(D, "~0tp.~n", [Form]) || Form <- Forms],
         ok = file:close(D)
     end || F <- filelib:wildcard("*.erl")].

%% What the tests of tracing share: terms with names for pids, the same in every run, and printing one answer a statement.
-compile(nowarn_unused_function).

%% A pid by its name in a list of `{Pid, Name}'; all others, references, ports and funs by their kind.
norm(T, Names) when is_pid(T) -> proplists:get_value(T, Names, pid);
norm(T, _) when is_reference(T) -> ref;
norm(T, _) when is_port(T) -> port;
norm(T, _) when is_function(T) -> a_fun;
norm(T, Names) when is_tuple(T) -> list_to_tuple([norm(E, Names) || E <- tuple_to_list(T)]);
norm([H | T], Names) -> [norm(H, Names) | norm(T, Names)];
norm(T, _) -> T.

%% Keeps the messages that come until somebody asks for them; who asks for what came so far may ask again.
collect(Got) ->
    receive
        {get, From} -> From ! {self(), lists:reverse(Got)};
        {so_far, From} -> From ! {self(), lists:reverse(Got)}, collect(Got);
        M -> collect([M | Got])
    end.

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.

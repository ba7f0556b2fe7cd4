%% What the tests of ports share: what a port says, with its own identifier written as `port'.
-compile(nowarn_unused_function).

%% So many messages. What other ports of earlier lines still had to say is thrown away.
take(_, 0) -> [];
take(P, N) ->
    receive
        M ->
            case of_another(M, P) of
                true -> take(P, N);
                false -> [renamed(M, P) | take(P, N - 1)]
            end
    after 30000 -> [none]
    end.

of_another(M, P) -> is_tuple(M) andalso lists:any(fun(E) -> is_port(E) andalso E =/= P end, tuple_to_list(M)).

renamed(P, P) -> port;
renamed(T, P) when is_tuple(T) -> list_to_tuple([renamed(E, P) || E <- tuple_to_list(T)]);
renamed(X, _) -> X.

cat() -> open_port({spawn, "cat"}, [binary]).

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

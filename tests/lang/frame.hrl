%% An exception with its nearest frame.
frame(F) ->
    try F() of V -> V
    catch C:R:S -> {M, N, A, _} = hd(S), {C, R, {M, N, A}}
    end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

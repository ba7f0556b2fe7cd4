#!/usr/bin/env escript
-mode(compile).
%% Records what `erlang:match_spec_test/3` says to bad match specifications: `escript matchspec.escript > matchspec.txt`.
%% One line a case: the specification as base64 of its external term format, then for `trace` and for `table` either `ok`
%% or the error texts joined by `|`, all separated by tabs. Left out: what is newer than the release asked (`max`, `min`,
%% `ceil`, `floor`, `is_boolean`, `{silent}`).
main(_) ->
    io:setopts([{encoding, unicode}]),
    lists:foreach(fun(S) -> io:format("~s\t~ts\t~ts~n", [base64:encode(term_to_binary(S, [{minor_version, 2}])),
                                                         said([a], S, trace), said({a}, S, table)]) end, specs()).

said(Target, Spec, Kind) ->
    try erlang:match_spec_test(Target, Spec, Kind) of
        {error, Es} -> lists:join("|", [T || {_, T} <- Es]);
        _ -> "ok"
    catch error:_ -> "ok"
    end.

specs() ->
    Guards = [{nosuch}, {nosuch, 1}, {'>', '$1'}, '$2', {return_trace}, {message, true}, {const}, {const, 1}, {const, 1, 2}, {is_record, '$1', a},
              {is_record, '$1', a, 2}, {'and'}, {'andalso'}, {'or'}, {'orelse'}, {'and', true}, {'not', true, false}, {'xor', true}, {get_tcw, 1},
              {get_tcw}, {set_tcw, 1}, #{a => '$2'}, ['$2' | x], {{'$2'}}, {}, {'$1', 2}, {1, 2}, {size, '$1', 2}, {'+', '$1'}, {'-', '$1'}, {self},
              {self, 1}, {node, 1, 2}, {node}, {process_dump}, {caller}, {display, 1}, {is_seq_trace}, {is_seq_trace, 1}, {get_seq_token},
              {silent, true}, {element, 1}, {element, 1, '$1'}, {'$_'}, '$_', '$$', {{}}, {{a, {b}}}, {{a, {{b}}}}, "text", 1.5, <<"b">>,
              {binary_part, <<"b">>, 0}, {binary_part, <<"b">>, {{0, 1}}}, {is_function, '$1', 2}, {'bnot', 1}, {'bnot', 1, 2}, {'div', 1},
              {foo, '$9'}, {'is_atom', {foo}}, {'is_atom', '$3'}, {"a"}, {[]}, '$01', '$100000001'],
    Bodies = (Guards -- [{display, 1}]) ++ [{caller, 1}, {caller_line}, {message}, {message, false}, {return_trace, 1}, {exception_trace}, {exception_trace, 1},
              {enable_trace}, {enable_trace, a}, {enable_trace, a, b}, {disable_trace}, {disable_trace, a, b, c}, {trace, 1}, {trace, [], []},
              {trace, a, [], []}, {set_seq_token, 1}, {set_seq_token, a, b}, {set_tcw, a}, {display}, {silent, x}, {process_dump, 1},
              {get_seq_token, 1}, {is_seq_trace}],
    Heads = ['_', '$1', '$01', x, 1, "a", [], {a}, {}, #{}, <<"b">>, ['$1' | '$2'], ['$1', '$1'], 1.5, '$', '$a', '__'],
    [[{['$1'], [G], []}] || G <- Guards]
    ++ [[{['$1'], [], [B]}] || B <- Bodies]
    ++ [[{['$1'], [G], [true]}] || G <- Guards]
    ++ [[{H, [], [true]}] || H <- Heads] ++ [[{H, [], ['$1']}] || H <- Heads]
    ++ [foo, [], [foo], [a | b], [{a, b, c, d}], [{['$1'], []}], [{['$1'], foo, []}], [{['$1'], [], foo}], [{['$1'], [{is_atom, '$1'} | x], [1]}],
        [{['$1'], [], [{is_atom, '$1'} | x]}], [{['$1'], [], [{nosuch}]}, {'_', [], [{other, '$1'}]}], [{'_', [], [true]}, {'_', [], [{other}]}],
        [{['$1'], [], [{foo, '$3'}, {bar, '$4'}]}], [{['$1'], [{foo}], [{bar}]}], [{'$1', '$1', []}]].

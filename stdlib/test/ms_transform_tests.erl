%% Specifications and messages recorded from erl.
-module(ms_transform_tests).
-include_lib("eunit/include/eunit.hrl").

fun2ms(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, [{'fun', _, {clauses, Clauses}}]} = erl_parse:parse_exprs(Tokens),
    Clauses.

dbg(Text) -> from(dbg, Text, []).
ets(Text) -> from(ets, Text, []).

from(Dialect, Text, Bindings) ->
    case ms_transform:transform_from_shell(Dialect, fun2ms(Text), Bindings) of
        {error, [{_, [{_, Module, Code}]}], _} -> lists:flatten(Module:format_error(Code));
        Spec -> Spec
    end.

calls_test() ->
    ?assertEqual([{['$1', '$2'], [{'>', '$1', '$2'}], [{return_trace}]}], dbg("fun([A,B]) when A>B -> return_trace() end")),
    ?assertEqual([{'_', [], [{return_trace}]}], dbg("fun(_) -> return_trace() end")),
    ?assertEqual([{['$1' | '$2'], [], [{message, {{'$1', '$2'}}}]}], dbg("fun([X|T]) -> message({X,T}) end")),
    ?assertEqual([{['$1'], [{is_list, '$1'}, {'=/=', '$1', []}], [ok]}, {['$1'], [{is_atom, '$1'}], [ok]}],
                 dbg("fun([X]) when is_list(X),X=/=[] ; is_atom(X) -> ok end")),
    ?assertEqual([{[], [], [{message, {caller}}]}, {['_', '_'], [], [{message, '$_'}, {message, '$*'}]}],
                 dbg("fun([]) -> message(caller()) ; ([_,_]) -> message(object()), message(bindings()) end")),
    ?assertEqual([{[#{a => '$1'}], [], [{message, #{b => '$1'}}]}], dbg("fun([#{a:=X}]) -> message(#{b=>X}) end")).

objects_test() ->
    ?assertEqual([{{'$1', '$2', '_'}, [], [{{'$1', {{'$2'}}}}]}], ets("fun({A,B,_}) -> {A,{B}} end")),
    ?assertEqual([{{'$1'}, [], [{{'$_', '$1'}}]}], ets("fun(O={A}) -> {O,A} end")),
    ?assertEqual([{{'$1', '$1'}, [], [['$1', {'+', 1, {'*', '$1', 2}}, {element, 1, {{'$1', b}}}, <<"a">>, "str", 99, 1.5]]}],
                 ets("fun({A,A}) -> [A,1+A*2,element(1,{A,b}),<<\"a\">>,\"str\",$c,1.5] end")),
    ?assertEqual([{{{'$1', x}, ['$2' | '$3']}, [], [{{{{'$1', '$2'}}, ['$3' | '$1'], {{}}}}]}],
                 ets("fun({{A,x},[B|C]}) -> {{A,B},[C|A],{}} end")),
    ?assertEqual([{{'_', '_', [97, 98 | '$1']}, [], ['$1']}], ets("fun({_,_,\"ab\"++T}) -> T end")),
    ?assertEqual([{{'$1', '$2'}, [], [{'+', {'-', '$1'}, -3}]}], ets("fun({A,B}) -> -A + (-3) end")),
    ?assertEqual([{{'$1', '$2'}, [{is_atom, '$1'}, {is_integer, '$2'}], [{node}]}],
                 ets("fun({A,B}) when atom(A),integer(B) -> node() end")).

outer_variables_test() ->
    ?assertEqual([{['$1'], [{'==', '$1', {const, {foo, [1]}}}], [{message, {const, {foo, [1]}}}]}],
                 from(dbg, "fun([A]) when A==Z -> message(Z) end", [{'Z', {foo, [1]}}])).

errors_test() ->
    ?assertEqual("fun containing the local function call 'foo/1' (called in body) cannot be translated into match_spec", ets("fun({A,B}) -> foo(A) end")),
    ?assertEqual("fun containing the remote function call 'lists:map/2' (called in body) cannot be translated into match_spec",
                 ets("fun({A,B}) -> lists:map(A,B) end")),
    ?assertEqual("the language element case (in body) cannot be translated into match_spec", ets("fun({A,B}) -> case A of 1 -> 2 end end")),
    ?assertEqual("fun with body matching ('=' in body) is illegal as match_spec", ets("fun({A,B}) -> C=A, C end")),
    ?assertEqual("ets:fun2ms requires fun with single variable or tuple parameter", ets("fun([A,B]) -> A end")),
    ?assertEqual("dbg:fun2ms requires fun with single variable or list parameter", dbg("fun({A,B}) -> A end")),
    ?assertEqual("in fun head, only matching (=) on toplevel can be translated into match_spec", ets("fun({A=B,C}) -> A end")),
    ?assertEqual("fun head contains atom '$1', which conflics with reserved atoms in match_spec heads", dbg("fun(['$1',A]) -> A end")).

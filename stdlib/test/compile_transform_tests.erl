-module(compile_transform_tests).
-export([parse_transform/2, format_error/1]).
-include_lib("eunit/include/eunit.hrl").

%% This module is its own transform: the option says what it answers.
parse_transform(Forms, [Answer]) ->
    case Answer of
        same -> Forms;
        crash -> error(oops);
        errors -> {error, [{"f.erl", [{{3, 4}, ?MODULE, bad}]}], [{"f.erl", [{7, ?MODULE, odd}]}]};
        warning -> {warning, Forms, [{"f.erl", [{none, ?MODULE, odd}]}]};
        embedded -> Forms ++ [{error, {{9, 1}, ?MODULE, bad}}]
    end.

format_error(What) -> ["it is ", atom_to_list(What)].

forms() -> [{attribute, 1, file, {"f.erl", 1}}, {attribute, {2, 2}, module, m}].

answers_test() ->
    Run = fun(O) -> compile_transform:run(?MODULE, forms(), [O]) end,
    ?assertEqual({forms(), []}, Run(same)),
    ?assertEqual({none, [{error, "f.erl", 3, 4, "it is bad"}, {warning, "f.erl", 7, 0, "it is odd"}]}, Run(errors)),
    ?assertEqual({forms(), [{warning, "f.erl", 0, 0, "it is odd"}]}, Run(warning)),
    ?assertEqual({forms(), [{error, "f.erl", 9, 1, "it is bad"}]}, Run(embedded)),
    {none, [{error, "f.erl", 2, 2, Text}]} = Run(crash),
    ?assertMatch("error in parse transform 'compile_transform_tests':\nexception error: oops" ++ _, Text).

missing_test() ->
    ?assertEqual({none, [{error, "f.erl", 2, 2, "undefined parse transform 'no_such_transform'"}]}, compile_transform:run(no_such_transform, forms(), [])).

callbacks_test() ->
    ?assertEqual(none, compile_transform:callbacks(no_such_behaviour)),
    ?assertEqual(none, compile_transform:callbacks(lists)),
    All = compile_transform:callbacks(gen_server),
    ?assertEqual([{init, 1, false}, {handle_call, 3, false}, {terminate, 2, true}], [lists:keyfind(N, 1, All) || N <- [init, handle_call, terminate]]).

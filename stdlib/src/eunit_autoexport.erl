%% The parse transform behind eunit.hrl: exports every *_test/0 and *_test_/0 of the module and adds test/0, which runs them.
-module(eunit_autoexport).
-export([parse_transform/2]).

parse_transform(Forms, _Options) ->
    [Module] = [M || {attribute, _, module, M} <- Forms],
    Tests = [{F, 0} || {function, _, F, 0, _} <- Forms, is_test(atom_to_list(F))],
    HasTest = lists:any(fun(Form) -> is_function_form(Form, test, 0) end, Forms),
    lists:append([rewrite(Form, Module, Tests, HasTest) || Form <- Forms]).

is_test(Name) -> lists:suffix("_test", Name) orelse lists:suffix("_test_", Name).

is_function_form({function, _, F, A, _}, F, A) -> true;
is_function_form(_, _, _) -> false.

%% The export goes right behind -module, test/0 to the end.
rewrite({attribute, L, module, _} = Form, _, Tests, true) -> [Form, {attribute, L, export, Tests}];
rewrite({attribute, L, module, _} = Form, _, Tests, false) -> [Form, {attribute, L, export, [{test, 0} | Tests]}];
rewrite({eof, L} = Form, Module, _, false) ->
    Call = {call, L, {remote, L, {atom, L, eunit}, {atom, L, test}}, [{atom, L, Module}]},
    [{function, L, test, 0, [{clause, L, [], [], [Call]}]}, Form];
rewrite(Form, _, _, _) -> [Form].

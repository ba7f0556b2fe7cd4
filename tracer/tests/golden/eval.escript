#!/usr/bin/env escript
-mode(compile).
%% Records which arguments match which specification: `escript eval.escript > eval.txt`. One line a case: `{Args,Spec}` as
%% base64 of its external term format, a space, `true` or `false`.
main(_) ->
    rand:seed(exsss, {7, 8, 9}),
    lists:foreach(fun(_) ->
        Args = [term(2), term(2)],
        Spec = [{head(), [guard(2)], []}],
        case erlang:match_spec_test(Args, Spec, trace) of
            {ok, Answer, _, _} ->
                Bytes = base64:encode(term_to_binary({Args, Spec}, [{minor_version, 2}])),
                byte_size(Bytes) < 400 andalso io:format("~s ~w~n", [Bytes, Answer]);
            {error, _} -> ok
        end
    end, lists:seq(1, 1000)).

head() -> pick([['$1', '$2'], ['$1', '$2'], ['$2', '$1'], ['$1', '$1'], ['$1', {'$2', '_'}], ['$1' | '$2'], '$1', '_', [['$1' | '_'], '$2'],
                ['$1', #{a => '$2'}], ['_', '$1']]).

guard(0) -> pick(['$1', '$2', true, false, 1, 2, a, {const, {a, 1}}, {{a, '$1'}}, ['$1'], '$_', '$$', "ab", <<"ab">>, 1.0]);
guard(D) ->
    case rand:uniform(5) of
        1 -> {pick(['>', '>=', '<', '=<', '=:=', '==', '=/=', '/=']), guard(D - 1), guard(D - 1)};
        2 -> {pick(['>', '>=', '<', '=<', '=:=', '==', '=/=', '/=']), '$1', '$2'};
        3 -> {pick([is_atom, is_integer, is_list, is_tuple, is_map, is_binary, is_number, is_float]), guard(D - 1)};
        4 -> {pick(['and', 'or', 'andalso', 'orelse', 'xor']), guard(D - 1), guard(D - 1)};
        5 -> case rand:uniform(4) of
                 1 -> {'not', guard(D - 1)};
                 2 -> {'==', {pick([hd, length, size, tuple_size, map_size, byte_size, abs, '-']), guard(D - 1)}, guard(D - 1)};
                 3 -> {'>', {pick(['+', '-', '*', 'div', 'rem', 'band', 'bor', element]), guard(D - 1), guard(D - 1)}, guard(0)};
                 4 -> {is_record, guard(D - 1), a, 2}
             end
    end.

term(0) -> pick([a, b, 1, 2, 1.0, -3, 2.5, [], {}, #{}, "ab", <<"ab">>, <<"b">>, 1 bsl 70, -(1 bsl 70)]);
term(D) ->
    case rand:uniform(5) of
        1 -> [term(D - 1) || _ <- lists:seq(1, rand:uniform(3))];
        2 -> list_to_tuple([pick([a, b]) | [term(D - 1) || _ <- lists:seq(1, rand:uniform(2))]]);
        3 -> #{a => term(D - 1)};
        4 -> [term(D - 1) | term(0)];
        5 -> term(0)
    end.

pick(List) -> lists:nth(rand:uniform(length(List)), List).

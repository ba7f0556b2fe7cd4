%% Map comprehensions as trees, which OTP 26 added.
% reference: OTP 27
-module(erl_syntax_27).
-include("../show.hrl").

start() ->
    show(fun() -> erl_syntax:revert(comprehension()) end),  % expect: {mc,0,{map_field_assoc,0,{var,0,'K'},{var,0,'V'}},[{m_generate,0,{map_field_exact,0,{var,0,'K'},{var,0,'V'}},{var,0,'M'}},{atom,0,true}]}
    show(fun() -> [erl_syntax:type(comprehension()), erl_syntax:type(erl_syntax:map_comp_template(comprehension()))] end),  % expect: [map_comp,map_field_assoc]
    show(fun() -> [erl_syntax:type(T) || T <- erl_syntax:map_comp_body(comprehension())] end),  % expect: [map_generator,atom]
    show(fun() -> [erl_syntax:type(F(generator())) || F <- [fun erl_syntax:map_generator_pattern/1, fun erl_syntax:map_generator_body/1]] end),  % expect: [map_field_exact,variable]
    show(fun() -> {ok, Tokens, _} = erl_scan:string("#{K => V || K := V <- M, true}."), {ok, [E]} = erl_parse:parse_exprs(Tokens), again(E) end),  % expect: {map_comp,true,"#{K => V || K := V <- M, true}"}
    show(fun() -> lists:sort(sets:to_list(erl_syntax_lib:variables(comprehension()))) end).  % expect: ['K','M','V']

generator() -> erl_syntax:map_generator(erl_syntax:map_field_exact(v('K'), v('V')), v('M')).

comprehension() -> erl_syntax:map_comp(erl_syntax:map_field_assoc(v('K'), v('V')), [generator(), erl_syntax:atom(true)]).

v(Name) -> erl_syntax:variable(Name).

%% Taken apart and put together; printed.
again(E) -> {erl_syntax:type(E), erl_syntax:revert(erl_syntax_lib:map(fun(T) -> T end, E)) =:= E, erl_prettypr:format(E)}.

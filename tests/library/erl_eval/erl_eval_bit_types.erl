%% Types of segments that are unknown or do not go together, told before anything is evaluated.
-module(erl_eval_bit_types).
-include("../show.hrl").

start() ->
    show(fun() -> eval("<<1:8/foo>>") end),  % expect: {error,{undefined_bittype,foo}}
    show(fun() -> eval("<<1/unit:2>>") end),  % expect: {error,bittype_unit}
    show(fun() -> eval("<<1:8/signed-unsigned>>") end),  % expect: {error,{bittype_mismatch,unsigned,signed,"sign"}}
    show(fun() -> eval("<<1:8/little-big>>") end),  % expect: {error,{bittype_mismatch,big,little,"endianness"}}
    show(fun() -> eval("<<1:8/integer-float>>") end),  % expect: {error,{bittype_mismatch,float,integer,"type"}}
    show(fun() -> eval("<<1:8/unit:2-unit:3>>") end),  % expect: {error,{bittype_mismatch,3,2,"unit"}}
    show(fun() -> eval("<<1/utf8-unit:1>>") end),  % expect: {error,utf_bittype_size_or_unit}
    show(fun() -> eval("<<\"a\":8/utf8>>") end),  % expect: {error,utf_bittype_size_or_unit}
    show(fun() -> [eval("<<1:8/unit:257>>"), eval("<<1:8/unit:0>>"), eval("<<1:8/foo:3>>")] end),  % expect: [{error,{undefined_bittype,{unit,257}}},{error,{undefined_bittype,{unit,0}}},{error,{undefined_bittype,{foo,3}}}]
    show(fun() -> [eval("<<<<1>>/bits-binary>>"), eval("<<<<1>>/binary-unit:8>>"), eval("<<1:8/signed-signed>>")] end),  % expect: [<<1>>,<<1>>,<<1>>]
    show(fun() -> [eval("<<<<1>>/bytes-bits>>"), eval("<<<<1>>/bits-unit:8>>"), eval("<<<<1>>/bits-utf8>>")] end),  % expect: [{error,{bittype_mismatch,1,8,"unit"}},{error,{bittype_mismatch,8,1,"unit"}},{error,{bittype_mismatch,utf8,binary,"type"}}]
    show(fun() -> [eval("<<A:8/foo>> = <<1>>"), eval("<<A/unit:2>> = <<1>>")] end),  % expect: [{error,{undefined_bittype,foo}},{error,bittype_unit}]
    show(fun() -> eval("[X || <<X:8/foo>> <= <<1>>]") end),  % expect: {error,{undefined_bittype,foo}}
    show(fun() -> [eval("<<1:8/foo, (exit(x)):8>>"), eval("<<(exit(x)):8, 1:8/foo>>"), eval("<<a:8/foo>>")] end).  % expect: [{error,{undefined_bittype,foo}},{error,{undefined_bittype,foo}},{error,{undefined_bittype,foo}}]

eval(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Exprs} = erl_parse:parse_exprs(Tokens),
    try erl_eval:exprs(Exprs, []) of {value, V, _} -> V catch C:E -> {C, E} end.

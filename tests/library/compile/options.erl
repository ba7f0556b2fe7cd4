%% `compile`: options that are wrong, what is said of the module as a whole, other names for the source.
-module(options).
-include("../show.hrl").

start() ->
    ok = file:write_file("opt.erl", "-module(opt).\n-export([f/0]).\n-record(r, {a}).\nf() -> U = 1, {?FILE, #r{}}.\n"),
    show(fun() -> compile:file(opt, [return, {parse_transform, nobody}]) end),  % expect: {error,[{"opt.erl",[{none,compile,{undef_parse_transform,nobody}}]}],[]}
    show(fun() -> said([{parse_transform, nobody}]) end),  % expect: [{"opt.erl",none,"undefined parse transform 'nobody'"}]
    show(fun() -> compile:forms(forms(), [return, {parse_transform, nobody}]) end),  % expect: {error,[{[],[{none,compile,{undef_parse_transform,nobody}}]}],[]}
    show(fun() -> compile:file(opt, [return, {d, "Name"}]) end),  % expect: {error,[{"opt.erl",[{none,compile,{epp,{bad,"Name"}}}]}],[]}
    show(fun() -> said([{d, "Name"}]) end),  % expect: [{"opt.erl",none,"badly formed 'Name'"}]
    show(fun() -> compile:file(opt, [return, {d, 'Name', 1}, nowarn_unused_vars]) end),  % expect: {ok,opt,[]}
    show(fun() -> said([{feature, nosuch, enable}]) end),  % expect: [{"opt.erl",none,"the feature 'nosuch' does not exist."}]
    show(fun() -> said([{feature, nosuch, enable}, {feature, none, disable}]) end),  % expect: [{"opt.erl",none,"the features 'nosuch' and 'none' do not exist."}]
    show(fun() -> compile:file(opt, [return, encrypt_debug_info]) end),  % expect: {error,[{"opt.erl",[{none,compile,no_crypto_key}]}],[{"opt.erl",[{{4,8},erl_lint,{unused_var,'U'}}]}]}
    show(fun() -> compile:file(opt, [return, warn_untyped_record]) end),  % expect: {ok,opt,[{"opt.erl",[{{3,2},erl_lint,{untyped_record,r}},{{4,8},erl_lint,{unused_var,'U'}}]}]}
    show(fun() -> said([encrypt_debug_info]) end),  % expect: [{"opt.erl",none,"no crypto key supplied."}]
    show(fun() -> compile:file(opt, [return, {source, "far/away.erl"}]) end),  % expect: {ok,opt,[{"far/away.erl",[{{4,8},erl_lint,{unused_var,'U'}}]}]}
    show(fun() -> {ok, opt, Code} = compile:file(opt, [binary, {source, "far/away.erl"}]),
                  {module, opt} = code:load_binary(opt, "opt", Code),
                  opt:f() end),  % expect: {"far/away.erl",{r,undefined}}
    show(fun() -> {ok, opt, _, Warnings} = compile:forms(forms(), [return]), Warnings end),  % expect: [{[],[{1,erl_lint,{unused_var,'X'}}]}]
    show(fun() -> compile:forms(lists:droplast(forms()), [return]) end),  % expect: {error,[{[],[{1,erl_lint,{undefined_function,{g,0}}}]}],[]}
    show(fun() -> file:write_file("opt.erl", "-module(other).\n") end),  % expect: ok
    show(fun() -> {error, [{_, What}], []} = compile:file(opt, [return]), What end),  % expect: [{none,compile,{module_name,other,"opt"}}]
    show(fun() -> lists:flatten(compile:format_error({module_name, other, "opt"})) end),  % expect: "Module name 'other' does not match file name 'opt'"
    show(fun() -> compile:file(opt, [return, no_error_module_mismatch]) end),  % expect: {ok,other,[]}
    show(fun() -> filelib:is_regular("opt" ++ code:objfile_extension()) end),  % expect: true
    show(fun() -> [compile:output_generated(O) || O <- [[], [binary], ['P'], ['E'], [dpp], [to_pp], [makedep], [basic_validation], [strong_validation], ['S']]] end).  % expect: [true,false,false,false,false,false,false,false,false,false]

said(Opts) ->
    {error, Errors, _} = compile:file(opt, [return | Opts]),
    [{File, Location, lists:flatten(M:format_error(What))} || {File, Infos} <- Errors, {Location, M, What} <- Infos].

forms() -> [{attribute, 1, module, opt}, {attribute, 1, export, [{f, 0}]}, {function, 1, f, 0, [{clause, 1, [], [], [{call, 1, {atom, 1, g}, []}]}]},
            {function, 1, g, 0, [{clause, 1, [], [], [{match, 1, {var, 1, 'X'}, {atom, 1, ok}}]}]}].

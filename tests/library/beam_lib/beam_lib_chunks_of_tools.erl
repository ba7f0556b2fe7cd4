%% Chunks that a tool adds to a module: they are found again, and the module loads all the same.
-module(beam_lib_chunks_of_tools).
-include("../show.hrl").

start() ->
    Forms = [{attribute, 1, module, chunky}, {attribute, 1, export, [{f, 0}]}, {function, 1, f, 0, [{clause, 1, [], [], [{atom, 1, yes}]}]}],
    {ok, chunky, Bare} = compile:forms(Forms),
    {ok, chunky, All} = beam_lib:all_chunks(Bare),
    {ok, Beam} = beam_lib:build_module([{"ToL1", <<"one">>}, {"Docs", term_to_binary({docs, 1})} | All]),
    show(fun() -> beam_lib:chunks(Beam, ["ToL1"]) end),  % expect: {ok,{chunky,[{"ToL1",<<"one">>}]}}
    show(fun() -> beam_lib:chunks(Beam, ["ToL2"], [allow_missing_chunks]) end),  % expect: {ok,{chunky,[{"ToL2",missing_chunk}]}}
    show(fun() -> {ok, {chunky, [{"Docs", Docs}]}} = beam_lib:chunks(Beam, ["Docs"]), binary_to_term(Docs) end),  % expect: {docs,1}
    show(fun() -> beam_lib:md5(Beam) =:= beam_lib:md5(Bare) end),  % expect: true
    show(fun() -> {ok, chunky, Again} = beam_lib:all_chunks(Beam), [lists:keyfind(Id, 1, Again) || Id <- ["ToL1", "ToL2"]] end),  % expect: [{"ToL1",<<"one">>},false]
    show(fun() -> {code:load_binary(chunky, "chunky", Beam), chunky:f()} end),  % expect: {{module,chunky},yes}
    show(fun() -> {ok, {chunky, Stripped}} = beam_lib:strip(Beam), beam_lib:chunks(Stripped, ["ToL1"], [allow_missing_chunks]) end).  % expect: {ok,{chunky,[{"ToL1",missing_chunk}]}}

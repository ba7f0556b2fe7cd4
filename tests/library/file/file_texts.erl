%% Files of terms are text in UTF-8 unless they say otherwise; what copy leaves alone; where positions are behind pread and pwrite; whose error it is.
-module(file_texts).
-include("../show.hrl").

start() ->
    F = "terms",
    show(fun() -> [begin ok = file:write_file(F, B), file:consult(F) end || B <- texts()] end),  % expect: [{ok,[{"å",ö,<<"ä"/utf8>>}]},{error,{1,file_io_server,invalid_unicode}},{ok,["å"]},{ok,["å"]},{error,{3,file_io_server,invalid_unicode}}]
    show(fun() -> [begin ok = file:write_file(F, B), file:script(F) end || B <- lists:sublist(texts(), 1)] end),  % expect: [{ok,{"å",ö,<<"ä"/utf8>>}}]
    show(fun() -> file:write_file(F, <<"{\"å\"}.\n"/utf8>>), file:path_consult(["/nowhere", "."], F) end),  % expect: {ok,[{"å"}],"terms"}
    show(fun() -> [lists:flatten(file:format_error({3, file_io_server, invalid_unicode})), lists:flatten(file:format_error({2, erl_parse, ["bad ", "term"]}))] end),  % expect: ["3: cannot translate from UTF-8","2: bad term"]
    show(fun() -> [begin ok = file:write_file(F, B), {error, {Line, file, {C, R, _}}} = file:eval(F), {Line, C, R} end || B <- ["erlang:error(foo).\n", "1.\n\nexit(bar).\n2.", "throw(x)."]] end),  % expect: [{2,error,foo},{4,exit,bar},{1,throw,x}]
    show(fun() -> file:write_file("kept", "kept"), [file:copy("nowhere", "kept"), file:read_file("kept")] end),  % expect: [{error,enoent},{ok,<<"kept">>}]
    show(fun() -> file:write_file("more", "12"), [file:copy("more", {"kept", [append]}), file:read_file("kept"), file:copy("more", "kept", 1), file:read_file("kept")] end),  % expect: [{ok,2},{ok,<<"kept12">>},{ok,1},{ok,<<"1">>}]
    show(fun() -> {ok, D} = file:open("kept", [read, write]), A = [file:pwrite(D, 4, "abc"), file:position(D, cur), file:pread(D, 1, 2), file:position(D, cur), file:pread(D, [{0, 1}, {5, 1}]), file:write(D, "Z"), file:close(D)], {A, file:read_file("kept")} end),  % expect: {[ok,{ok,7},{ok,[0,0]},{ok,3},{ok,["1","b"]},ok,ok],{ok,<<49,0,0,0,97,98,90>>}}
    show(fun() -> {ok, D} = file:open("kept", [read]), {ok, N} = file:pid2name(D), file:close(D), {filename:basename(N), file:pid2name(self())} end),  % expect: {"kept",undefined}
    show(fun() -> [file:change_time("kept", {{2020, 13, 2}, {3, 4, 5}}), file:read_file_info("kept", [{time, foo}]), file:read_link_info("kept", [{time, foo}])] end),  % expect: [{error,badarg},{error,badarg},{error,badarg}]
    show(fun() -> file:write_file("long", [lists:duplicate(100000, $x), "\ny"]), {ok, D} = file:open("long", [read]), A = [length(io:get_line(D, "")), io:get_line(D, ""), io:get_line(D, "")], file:close(D), A end),  % expect: [100001,"y",eof]
    {ok, D} = file:open("kept", [write]),
    file:close(D),
    show(fun() -> whose(fun() -> io:nl(D) end, D) end),  % expect: {terminated,io,nl,[device],{io,terminated}}
    show(fun() -> whose(fun() -> io:write(D, a) end, D) end),  % expect: {terminated,io,write,[device,a],{io,terminated}}
    show(fun() -> whose(fun() -> io:put_chars(D, "a") end, D) end),  % expect: {terminated,io,put_chars,[device,"a"],{io,terminated}}
    show(fun() -> whose(fun() -> io:put_chars(foo, "a") end, D) end),  % expect: {badarg,io,put_chars,[foo,"a"],{io,arguments}}
    show(fun() -> whose(fun() -> io:nl(foo) end, D) end),  % expect: {badarg,io,nl,[foo],{io,arguments}}
    show(fun() -> whose(fun() -> io:format(D, "~p", [1]) end, D) end).  % expect: {terminated,io,format,[device,"~p",[1]],{io,terminated}}

texts() ->
    [<<"{\"å\", 'ö', <<\"ä\"/utf8>>}.\n"/utf8>>, <<"\"", 16#e5, "\".\n">>, <<"%% coding: latin-1\n\"", 16#e5, "\".\n">>, <<"%% coding: utf-8\n\"å\".\n"/utf8>>, <<"a.\nb.\n\"", 16#e5, "\".\n">>].

%% The function that failed, its arguments, and the cause that is told.
whose(G, D) ->
    try G()
    catch
        error:R:S ->
            {M, F, As, Info} = hd(S),
            {R, M, F, [case A of D -> device; _ -> A end || A <- As], maps:get(cause, proplists:get_value(error_info, Info))}
    end.

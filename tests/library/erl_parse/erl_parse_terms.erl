%% Terms that the parser reads which are more than atoms, numbers, texts and what holds them: external funs and binaries of all kinds.
-module(erl_parse_terms).
-include("../show.hrl").

start() ->
    show(fun() -> [read(Text) || Text <- ["fun m:f/1.", "{fun m:f/1, [#{1 => fun 'a b':c/255}]}.", "fun f/1.", "fun m:F/1.", "fun m:f/300."]] end),  % expect: [{ok,fun m:f/1},{ok,{fun m:f/1,[#{1 => fun 'a b':c/255}]}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}}]
    show(fun() -> [read(Text) || Text <- ["<<1:4>>.", "<<1,2,\"abc\">>.", "<<\"abc\"/utf8>>.", "<<\"ab\":16>>.", "<<$a>>.", "<<+3>>.", "<<1000/utf16>>.", "<<\"ab\"/utf32-little>>."]] end),  % expect: [{ok,<<1:4>>},{ok,<<1,2,97,98,99>>},{ok,<<"abc">>},{ok,<<0,97,0,98>>},{ok,<<"a">>},{ok,<<3>>},{ok,<<3,232>>},{ok,<<97,0,0,0,98,0,0,0>>}]
    show(fun() -> [read(Text) || Text <- ["<<1:16,2.0:32/float>>.", "<<1:4/unit:2>>.", "<<1:16/little>>.", "<<(<<1,2>>)/binary>>.", "<<-1:16/signed>>."]] end),  % expect: [{ok,<<0,1,64,0,0,0>>},{ok,<<1>>},{ok,<<1,0>>},{ok,<<1,2>>},{ok,<<"ÿÿ">>}]
    show(fun() -> [read(Text) || Text <- ["<<2.0>>.", "<<1:N>>.", "<<(1+2)>>.", "<<1:(4+4)>>.", "<<a>>.", "1 + 2.", "f(1).", "fun() -> ok end.", "[1, X]."]] end),  % expect: [{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}}]
    show(fun() -> consulted("{rotate, fun lists:reverse/1}.\n<<5:3>>.\n") end).  % expect: {ok,[{rotate,fun lists:reverse/1},<<5:3>>]}

read(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    erl_parse:parse_term(Tokens).

consulted(Text) ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "erl_parse_terms." ++ os:getpid()),
    ok = file:write_file(Name, Text),
    Answer = file:consult(Name),
    ok = file:delete(Name),
    Answer.

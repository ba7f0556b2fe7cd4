%% The part of a parser that is the same for all grammars; the parser generator (yecc) writes it into every parser it makes, behind the
%% grammar's own Erlang code. What else it writes is used here:
%%
%%   yecc_action(State, Category)  {shift, State}, {reduce, Rule}, accept or error
%%   yecc_goto(State, Category)    the state after a phrase of this category
%%   yecc_reduce(Rule, Values)     {Category, Length, Values}: the values with those of the right hand side replaced by the phrase's
%%
%% A file of one's own in its place (option includefile) needs the same three and its own -export.

-type yecc_ret() :: {error, _} | {ok, _}.

-spec parse(Tokens :: list()) -> yecc_ret().
parse(Tokens) -> yecc_start(Tokens, none).

%% The tokens come from calls of a function.
-spec parse_and_scan({function() | {atom(), atom()}, [_]} | {atom(), atom(), [_]}) -> yecc_ret().
parse_and_scan({Function, Args}) -> yecc_start([], {Function, Args});
parse_and_scan({Module, Function, Args}) -> yecc_start([], {Module, Function, Args}).

-spec format_error(any()) -> [char() | list()].
format_error(Message) ->
    case io_lib:deep_char_list(Message) of
        true -> Message;
        false -> io_lib:write(Message)
    end.

%% For the code of rules: ends the parsing with an error.
-compile({nowarn_unused_function, return_error/2}).
-spec return_error(erl_anno:location() | any(), any()) -> no_return().
return_error(Location, Message) -> throw({yecc_error, {Location, ?MODULE, Message}}).

yecc_start(Tokens, Source) ->
    try yecc_next(Tokens, 0, [], [], Source, none)
    catch throw:{yecc_error, Info} -> {error, Info};
          throw:{yecc_scan_error, Info} -> {error, Info}
    end.

%% States holds the state below each value of Values. Last is the token read before, or where the source of tokens ended.
yecc_next([Token | Rest], State, States, Values, Source, _) ->
    yecc_act(element(1, Token), State, States, Values, Token, Rest, Source);
yecc_next([], State, States, Values, none, Last) ->
    yecc_act('$end', State, States, Values, {'$end', yecc_end(Last)}, [], none);
yecc_next([], State, States, Values, ended, {ended, Location}) ->
    yecc_act('$end', State, States, Values, {'$end', Location}, [], none);
yecc_next([], State, States, Values, Source, Last) ->
    case yecc_tokens(Source) of
        {ok, Tokens, _} -> yecc_next(Tokens, State, States, Values, Source, Last);
        {eof, Location} -> yecc_next([], State, States, Values, ended, {ended, Location});
        {error, Info, _} -> throw({yecc_scan_error, Info})
    end.

yecc_tokens({Function, Args}) -> apply(Function, Args);
yecc_tokens({Module, Function, Args}) -> apply(Module, Function, Args).

yecc_act(Category, State, States, Values, Token, Rest, Source) ->
    case yecc_action(State, Category) of
        {shift, Next} ->
            yecc_next(Rest, Next, [State | States], [Token | Values], Source, Token);
        {reduce, Rule} ->
            {Head, Length, New} = yecc_reduce(Rule, Values),
            [From | _] = Below = yecc_drop(Length, [State | States]),
            yecc_act(Category, yecc_goto(From, Head), Below, New, Token, Rest, Source);
        accept ->
            {ok, hd(Values)};
        error ->
            throw({yecc_error, {yecc_location(Token), ?MODULE, ["syntax error before: ", yecc_text(Token)]}})
    end.

yecc_drop(0, States) -> States;
yecc_drop(N, [_ | States]) -> yecc_drop(N - 1, States).

%% The place behind the last token, where the text of that is known.
yecc_end(none) -> 999999;
yecc_end(Token) ->
    Anno = element(2, Token),
    try erl_anno:end_location(Anno) of
        undefined -> yecc_location(Token);
        Location -> Location
    catch _:_ -> yecc_location(Token)
    end.

yecc_location(Token) ->
    Anno = element(2, Token),
    try erl_anno:location(Anno) catch _:_ -> Anno end.

yecc_text(Token) ->
    case try erl_scan:text(Token) catch _:_ -> undefined end of
        undefined -> yecc_written(Token);
        Text -> Text
    end.

yecc_written({atom, _, Name}) when is_atom(Name) -> io_lib:write_atom(Name);
yecc_written({Kind, _, Value}) when Kind =:= integer; Kind =:= float; Kind =:= reserved_symbol -> io_lib:write(Value);
yecc_written({char, _, Char}) when is_integer(Char) -> io_lib:write_char(Char);
yecc_written({string, _, Text} = Token) ->
    case io_lib:char_list(Text) of
        true -> io_lib:write_string(Text);
        false -> io_lib:format("~tp", [Token])
    end;
yecc_written({Kind, _, _} = Token) when Kind =:= atom; Kind =:= char -> io_lib:format("~tp", [Token]);
yecc_written({var, _, Name}) when is_atom(Name) -> atom_to_list(Name);
yecc_written({var, _, Name}) -> io_lib:format("~ts", [Name]);
yecc_written({dot, _}) -> "'.'";
yecc_written({'$end', _}) -> [];
yecc_written({Other, _}) when is_atom(Other) -> io_lib:write_atom(Other);
yecc_written({_, _, Value}) -> io_lib:format("~tp", [Value]);
yecc_written(Token) -> io_lib:format("~tp", [Token]).

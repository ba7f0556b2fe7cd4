%% The part of a parser that is the same for all grammars; the parser generator (yecc) writes it into every parser it makes, behind the
%% grammar's own Erlang code. What else it writes is used here:
%%
%%   yecc_action(State, Category)  {shift, State}, {reduce, Rule}, accept or error
%%   yecc_reduce(Rule, Stack)      {Category, Value, Rest}: what a phrase is worth, and the stack below its parts
%%   yecc_goto(State, Category)    the state after a phrase of this category
%%
%% The stack holds states and the values between them: the state now, the last value, the state before it, and so on down to state 0.
%% A file of one's own in its place (option includefile) needs the same three and its own -export.

-spec parse(Tokens :: [tuple()]) -> {ok, Value :: term()} | {error, Reason :: term()}.
parse(Tokens) when is_list(Tokens) ->
    yecc_run(Tokens, fun(Last) -> [{'$end', yecc_behind(Last)}] end).

%% The tokens come from calls of a function.
-spec parse_and_scan(Call) -> {ok, Value :: term()} | {error, Reason :: term()} when
      Call :: {Function :: fun(), Arguments :: list()} | {Module :: module(), Function :: atom(), Arguments :: list()}.
parse_and_scan({Function, Arguments}) ->
    yecc_run([], fun(_) -> yecc_scanned(apply(Function, Arguments)) end);
parse_and_scan({Module, Function, Arguments}) ->
    yecc_run([], fun(_) -> yecc_scanned(apply(Module, Function, Arguments)) end).

%% Words as they are, any other term written down.
-spec format_error(Message :: term()) -> io_lib:chars().
format_error(Message) ->
    AreWords = io_lib:deep_char_list(Message),
    if
        AreWords -> Message;
        true -> io_lib:write(Message)
    end.

%% The code of rules may call it too.
-spec return_error(Location :: term(), Message :: term()) -> no_return().
return_error(Location, Message) -> yecc_stop({Location, ?MODULE, Message}).

-spec yecc_stop(Reason :: term()) -> no_return().
yecc_stop(Reason) -> throw({yecc_stopped, Reason}).

%% More gives the tokens that follow when all have been read; it is told the last one, or none.
yecc_run(Tokens, More) ->
    try {ok, yecc_read(Tokens, none, More, [0])}
    catch throw:{yecc_stopped, Reason} -> {error, Reason}
    end.

yecc_read([Token | Rest], _, More, Stack) -> yecc_meet(element(1, Token), Token, Rest, More, Stack);
yecc_read([], Last, More, Stack) -> yecc_read(More(Last), Last, More, Stack).

%% What the stack becomes before a token of this category.
yecc_meet(Category, Token, Rest, More, [State | Below] = Stack) ->
    case yecc_action(State, Category) of
        {shift, Next} ->
            yecc_read(Rest, Token, More, [Next, Token | Stack]);
        {reduce, Rule} ->
            {Phrase, Value, [From | _] = Left} = yecc_reduce(Rule, Stack),
            yecc_meet(Category, Token, Rest, More, [yecc_goto(From, Phrase), Value | Left]);
        accept ->
            hd(Below);
        error ->
            return_error(yecc_place(element(2, Token)), ["syntax error before: ", yecc_name(Token)])
    end.

yecc_scanned(Answer) ->
    case Answer of
        {ok, Tokens, _} -> Tokens;
        {eof, Location} -> [{'$end', Location}];
        {error, Reason, _} -> yecc_stop(Reason)
    end.

%% Where a text ends that has no token for its end. Only a token with its text tells that of the last one.
yecc_behind(none) -> 999999;
yecc_behind(Token) ->
    Anno = element(2, Token),
    yecc_known(fun() -> erl_anno:end_location(Anno) end, fun() -> yecc_place(Anno) end).

%% A scanner of one's own may have anything in the place of annotations.
yecc_place(Anno) ->
    try erl_anno:location(Anno)
    catch error:_ -> Anno
    end.

%% What messages call a token: its text where that is known.
yecc_name(Token) -> yecc_known(fun() -> erl_scan:text(Token) end, fun() -> yecc_spelt(Token) end).

yecc_known(Asked, Otherwise) ->
    Answer = try Asked() catch error:_ -> undefined end,
    if
        Answer =:= undefined -> Otherwise();
        true -> Answer
    end.

%% Categories of the Erlang scanner are spelt as in a source, when the value is one that the scanner would give.
yecc_spelt({'$end', _}) -> "";
yecc_spelt({dot, _}) -> "'.'";
yecc_spelt({Category, _}) when is_atom(Category) -> io_lib:write_atom(Category);
yecc_spelt({Category, _, Value} = Token) ->
    try yecc_source(Category, Value)
    catch error:_ -> io_lib:format("~tp", [Token])
    end;
yecc_spelt(Token) -> io_lib:format("~tp", [Token]).

yecc_source(var, Value) -> io_lib:format("~s", [Value]);
yecc_source(atom, Value) -> io_lib:write_atom(Value);
yecc_source(char, Value) -> io_lib:write_char(Value);
yecc_source(string, Value) -> io_lib:write_string(Value);
yecc_source(Category, Value) when Category =:= integer; Category =:= float; Category =:= reserved_symbol -> io_lib:write(Value);
yecc_source(_, Value) -> io_lib:format("~tp", [Value]).

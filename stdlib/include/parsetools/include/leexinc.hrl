%% The part of a scanner that is the same for all; the scanner generator (leex) writes it into every scanner it makes, behind the scanner's
%% own Erlang code. What else it writes is used here:
%%
%%   leex_move(State, Character)          the next state, or none
%%   leex_accept(State)                   the rule whose text has been read, or none
%%   leex_ends(State)                     whether no character leads on
%%   leex_rule(Rule, Chars, Length, Place) what the code of a rule answers
%%   leex_place(Place)                    {Line, Column} as answers are to have it
%%   leex_tab()                           the width of a tab in columns

-spec format_error(term()) -> unicode:chardata().
format_error({illegal, Chars}) -> ["illegal characters ", io_lib:write_string(Chars)];
format_error({user, Text}) -> Text.

-spec string(string()) -> {ok, [term()], erl_anno:location()} | {error, {erl_anno:location(), module(), term()}, erl_anno:location()}.
string(Chars) -> string(Chars, 1).

string(Chars, Start) when is_list(Chars) -> leex_string(Chars, leex_start(Start), []).

leex_start({_, _} = Place) -> Place;
leex_start(Line) -> {Line, 1}.

leex_string([], Place, Tokens) -> {ok, lists:reverse(Tokens), leex_place(Place)};
leex_string(Chars, Place, Tokens) ->
    case leex_one(leex_begin(Place), Chars, true) of
        {rule, Result, End, Rest} ->
            case leex_result(Result) of
                {token, Token, Push} -> leex_string(Push ++ Rest, End, [Token | Tokens]);
                {end_token, Token, Push} -> leex_string(Push ++ Rest, End, [Token | Tokens]);
                {skip, Push} -> leex_string(Push ++ Rest, End, Tokens);
                {error, Text} -> {error, leex_error(End, {user, Text}), leex_place(End)}
            end;
        {illegal, Illegal, Start, End, _} -> {error, leex_error(Start, {illegal, Illegal}), leex_place(End)}
    end.

leex_error(Place, What) -> {leex_place(Place), ?MODULE, What}.

%% One token at a time, from characters as they come.
token(Cont, Chars) -> token(Cont, Chars, 1).

token([], Chars, Start) -> leex_token(leex_begin(leex_start(Start)), Chars);
token({leex_token, Scan}, Chars, _) -> leex_token(Scan, Chars).

leex_token(Scan, Chars) ->
    case leex_more(Scan, Chars) of
        {more, More} -> {more, {leex_token, More}};
        {eof, Place} -> {done, {eof, leex_place(Place)}, eof};
        {rule, Result, End, Rest} ->
            case leex_result(Result) of
                {skip, Push} -> leex_token(leex_begin(End), leex_push(Push, Rest));
                {error, Text} -> {done, {error, leex_error(End, {user, Text}), leex_place(End)}, Rest};
                {_, Token, Push} -> {done, {ok, Token, leex_place(End)}, leex_push(Push, Rest)}
            end;
        {illegal, Illegal, Start, End, Rest} -> {done, {error, leex_error(Start, {illegal, Illegal}), leex_place(End)}, Rest}
    end.

%% All tokens to one that ends them. After an error the rest of them is passed over.
tokens(Cont, Chars) -> tokens(Cont, Chars, 1).

tokens([], Chars, Start) -> leex_tokens(leex_begin(leex_start(Start)), Chars, {tokens, []});
tokens({leex_tokens, Scan, Found}, Chars, _) -> leex_tokens(Scan, Chars, Found).

leex_tokens(Scan, Chars, Found) ->
    case leex_more(Scan, Chars) of
        {more, More} -> {more, {leex_tokens, More, Found}};
        {eof, Place} ->
            case Found of
                {tokens, []} -> {done, {eof, leex_place(Place)}, eof};
                _ -> {done, leex_found(Found, Place), eof}
            end;
        {rule, Result, End, Rest} ->
            case leex_result(Result) of
                {skip, Push} -> leex_tokens(leex_begin(End), leex_push(Push, Rest), Found);
                {token, Token, Push} -> leex_tokens(leex_begin(End), leex_push(Push, Rest), leex_add(Token, Found));
                {end_token, Token, Push} -> {done, leex_found(leex_add(Token, Found), End), leex_push(Push, Rest)};
                {error, Text} -> leex_tokens(leex_begin(End), Rest, leex_failed(leex_error(End, {user, Text}), Found))
            end;
        {illegal, Illegal, Start, End, Rest0} ->
            Rest = case {Illegal, Rest0} of {[_], [_ | Behind]} -> Behind; _ -> Rest0 end,
            leex_tokens(leex_begin(End), Rest, leex_failed(leex_error(Start, {illegal, Illegal}), Found))
    end.

leex_add(Token, {tokens, Tokens}) -> {tokens, [Token | Tokens]};
leex_add(_, Failed) -> Failed.

leex_failed(Info, {tokens, _}) -> {failed, Info};
leex_failed(_, Failed) -> Failed.

leex_found({tokens, Tokens}, Place) -> {ok, lists:reverse(Tokens), leex_place(Place)};
leex_found({failed, Info}, Place) -> {error, Info, leex_place(Place)}.

leex_push([], Rest) -> Rest;
leex_push(Push, eof) -> Push;
leex_push(Push, Rest) -> Push ++ Rest.

leex_result({token, Token}) -> {token, Token, []};
leex_result({token, Token, Push}) -> {token, Token, Push};
leex_result({end_token, Token}) -> {end_token, Token, []};
leex_result({end_token, Token, Push}) -> {end_token, Token, Push};
leex_result(skip_token) -> {skip, []};
leex_result({skip_token, Push}) -> {skip, Push};
leex_result({error, Text}) -> {error, Text}.

%% {State, characters read (the last first), their number, where they begin, the last accepted: {Rule, number of characters} or none}
leex_begin(Place) -> {0, [], 0, Place, leex_accepted(0, 0, none)}.

leex_accepted(State, Length, Before) ->
    case leex_accept(State) of
        none -> Before;
        Rule -> {Rule, Length}
    end.

leex_more({_, [], 0, Place, _}, eof) -> {eof, Place};
leex_more(Scan, eof) -> leex_one(Scan, [], eof);
leex_more({_, [], 0, _, _} = Scan, []) -> {more, Scan};
leex_more(Scan, Chars) -> leex_one(Scan, Chars, false).

%% Last: true or eof if no more characters come.
leex_one({State, Read, Length, Start, Accepted}, [C | Rest] = Chars, Last) ->
    case leex_move(State, C) of
        none -> leex_end(Accepted, Read, Length, Start, Chars);
        Next ->
            Latest = leex_accepted(Next, Length + 1, Accepted),
            case leex_ends(Next) of
                true -> leex_end(Latest, [C | Read], Length + 1, Start, Rest);
                false -> leex_one({Next, [C | Read], Length + 1, Start, Latest}, Rest, Last)
            end
    end;
leex_one(Scan, [], false) -> {more, Scan};
leex_one({_, Read, Length, Start, Accepted}, [], true) -> leex_end(Accepted, Read, Length, Start, []);
leex_one({_, Read, Length, Start, Accepted}, [], eof) -> leex_end(Accepted, Read, Length, Start, eof).

leex_end(none, Read, _, Start, Rest) ->
    Chars = lists:reverse(Read),
    Illegal = case Rest of [C | _] -> Chars ++ [C]; _ -> Chars end,
    {illegal, Illegal, Start, leex_behind(Chars, Start), Rest};
leex_end({Rule, Long}, Read, Length, Start, Rest) ->
    {Back, Taken} = lists:split(Length - Long, Read),
    Chars = lists:reverse(Taken),
    {rule, leex_rule(Rule, Chars, Long, Start), leex_behind(Chars, Start), leex_push(lists:reverse(Back), Rest)}.

%% A character is as many columns wide as it has bytes in UTF-8.
leex_behind([$\n | Rest], {Line, _}) -> leex_behind(Rest, {Line + 1, 1});
leex_behind([$\t | Rest], {Line, Column}) -> leex_behind(Rest, {Line, Column + leex_tab()});
leex_behind([C | Rest], {Line, Column}) when C < 16#80 -> leex_behind(Rest, {Line, Column + 1});
leex_behind([C | Rest], {Line, Column}) -> leex_behind(Rest, {Line, Column + if C < 16#800 -> 2; C < 16#10000 -> 3; true -> 4 end});
leex_behind([], Place) -> Place.

%% The part of a scanner that is the same for all; the scanner generator (leex) writes it into every scanner it makes, behind the scanner's
%% own Erlang code. What else it writes is used here:
%%
%%   leex_move(State, Character)          the next state, or none
%%   leex_accept(State)                   the rule whose text has been read, or none
%%   leex_ends(State)                     whether no character leads on
%%   leex_rule(Rule, Chars, Length, Line) what the code of a rule answers

-spec format_error(term()) -> unicode:chardata().
format_error({illegal, Chars}) -> ["illegal characters ", io_lib:write_string(Chars)];
format_error({user, Text}) -> Text.

-spec string(string()) -> {ok, [term()], pos_integer()} | {error, {pos_integer(), module(), term()}, pos_integer()}.
string(Chars) -> string(Chars, 1).

string(Chars, Line) when is_list(Chars) -> leex_string(Chars, Line, []).

leex_string([], Line, Tokens) -> {ok, lists:reverse(Tokens), Line};
leex_string(Chars, Line, Tokens) ->
    case leex_one(leex_begin(Line), Chars, true) of
        {rule, Result, End, Rest} ->
            case leex_result(Result) of
                {token, Token, Push} -> leex_string(Push ++ Rest, End, [Token | Tokens]);
                {end_token, Token, Push} -> leex_string(Push ++ Rest, End, [Token | Tokens]);
                {skip, Push} -> leex_string(Push ++ Rest, End, Tokens);
                {error, Text} -> {error, {End, ?MODULE, {user, Text}}, End}
            end;
        {illegal, Illegal, Start, End, _} -> {error, {Start, ?MODULE, {illegal, Illegal}}, End}
    end.

%% One token at a time, from characters as they come.
token(Cont, Chars) -> token(Cont, Chars, 1).

token([], Chars, Line) -> leex_token(leex_begin(Line), Chars);
token({leex_token, Scan}, Chars, _) -> leex_token(Scan, Chars).

leex_token(Scan, Chars) ->
    case leex_more(Scan, Chars) of
        {more, More} -> {more, {leex_token, More}};
        {eof, Line} -> {done, {eof, Line}, eof};
        {rule, Result, End, Rest} ->
            case leex_result(Result) of
                {skip, Push} -> leex_token(leex_begin(End), leex_push(Push, Rest));
                {error, Text} -> {done, {error, {End, ?MODULE, {user, Text}}, End}, Rest};
                {_, Token, Push} -> {done, {ok, Token, End}, leex_push(Push, Rest)}
            end;
        {illegal, Illegal, Start, End, Rest} -> {done, {error, {Start, ?MODULE, {illegal, Illegal}}, End}, Rest}
    end.

%% All tokens to one that ends them. After an error the rest of them is passed over.
tokens(Cont, Chars) -> tokens(Cont, Chars, 1).

tokens([], Chars, Line) -> leex_tokens(leex_begin(Line), Chars, {tokens, []});
tokens({leex_tokens, Scan, Found}, Chars, _) -> leex_tokens(Scan, Chars, Found).

leex_tokens(Scan, Chars, Found) ->
    case leex_more(Scan, Chars) of
        {more, More} -> {more, {leex_tokens, More, Found}};
        {eof, Line} ->
            case Found of
                {tokens, []} -> {done, {eof, Line}, eof};
                _ -> {done, leex_found(Found, Line), eof}
            end;
        {rule, Result, End, Rest} ->
            case leex_result(Result) of
                {skip, Push} -> leex_tokens(leex_begin(End), leex_push(Push, Rest), Found);
                {token, Token, Push} -> leex_tokens(leex_begin(End), leex_push(Push, Rest), leex_add(Token, Found));
                {end_token, Token, Push} -> {done, leex_found(leex_add(Token, Found), End), leex_push(Push, Rest)};
                {error, Text} -> leex_tokens(leex_begin(End), Rest, leex_failed({End, ?MODULE, {user, Text}}, Found))
            end;
        {illegal, Illegal, Start, End, Rest0} ->
            Rest = case {Illegal, Rest0} of {[_], [_ | Behind]} -> Behind; _ -> Rest0 end,
            leex_tokens(leex_begin(End), Rest, leex_failed({Start, ?MODULE, {illegal, Illegal}}, Found))
    end.

leex_add(Token, {tokens, Tokens}) -> {tokens, [Token | Tokens]};
leex_add(_, Failed) -> Failed.

leex_failed(Info, {tokens, _}) -> {failed, Info};
leex_failed(_, Failed) -> Failed.

leex_found({tokens, Tokens}, Line) -> {ok, lists:reverse(Tokens), Line};
leex_found({failed, Info}, Line) -> {error, Info, Line}.

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

%% {State, characters read (the last first), their number, first line, line now, the last accepted: {Rule, number, line} or none}
leex_begin(Line) -> {0, [], 0, Line, Line, leex_accepted(0, 0, Line, none)}.

leex_accepted(State, Length, Line, Before) ->
    case leex_accept(State) of
        none -> Before;
        Rule -> {Rule, Length, Line}
    end.

leex_more({_, [], 0, _, Line, _}, eof) -> {eof, Line};
leex_more(Scan, eof) -> leex_one(Scan, [], eof);
leex_more({_, [], 0, _, _, _} = Scan, []) -> {more, Scan};
leex_more(Scan, Chars) -> leex_one(Scan, Chars, false).

%% Last: true or eof if no more characters come.
leex_one({State, Read, Length, Start, Line, Accepted}, [C | Rest] = Chars, Last) ->
    case leex_move(State, C) of
        none -> leex_end(Accepted, Read, Length, Start, Line, Chars);
        Next ->
            Now = case C of $\n -> Line + 1; _ -> Line end,
            Scan = {Next, [C | Read], Length + 1, Start, Now, leex_accepted(Next, Length + 1, Now, Accepted)},
            case leex_ends(Next) of
                true -> leex_end(element(6, Scan), [C | Read], Length + 1, Start, Now, Rest);
                false -> leex_one(Scan, Rest, Last)
            end
    end;
leex_one(Scan, [], false) -> {more, Scan};
leex_one({_, Read, Length, Start, Line, Accepted}, [], true) -> leex_end(Accepted, Read, Length, Start, Line, []);
leex_one({_, Read, Length, Start, Line, Accepted}, [], eof) -> leex_end(Accepted, Read, Length, Start, Line, eof).

leex_end(none, Read, _, Start, Line, [C | _] = Rest) -> {illegal, lists:reverse(Read, [C]), Start, Line, Rest};
leex_end(none, Read, _, Start, Line, Rest) -> {illegal, lists:reverse(Read), Start, Line, Rest};
leex_end({Rule, Long, Line}, Read, Length, Start, _, Rest) ->
    {Back, Taken} = lists:split(Length - Long, Read),
    {rule, leex_rule(Rule, lists:reverse(Taken), Long, Start), Line, leex_push(lists:reverse(Back), Rest)}.

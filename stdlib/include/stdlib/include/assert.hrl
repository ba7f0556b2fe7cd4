%% Assertion macros: each evaluates its expression once and answers ok, or raises error({Name, Info}) with a property list that says
%% where, what was written, what was expected and what came. With NOASSERT they do nothing.

-ifndef(ASSERT_HRL).
-define(ASSERT_HRL, true).

-ifdef(ASSERT).
-undef(NOASSERT).
-endif.

-ifdef(NOASSERT).

-define(assert(BoolExpr), ok).
-define(assert(BoolExpr, Comment), ok).
-define(assertNot(BoolExpr), ok).
-define(assertNot(BoolExpr, Comment), ok).
-define(assertMatch(Guard, Expr), ok).
-define(assertMatch(Guard, Expr, Comment), ok).
-define(assertNotMatch(Guard, Expr), ok).
-define(assertNotMatch(Guard, Expr, Comment), ok).
-define(assertEqual(Expect, Expr), ok).
-define(assertEqual(Expect, Expr, Comment), ok).
-define(assertNotEqual(Unexpected, Expr), ok).
-define(assertNotEqual(Unexpected, Expr, Comment), ok).
-define(assertException(Class, Term, Expr), ok).
-define(assertException(Class, Term, Expr, Comment), ok).
-define(assertNotException(Class, Term, Expr), ok).
-define(assertNotException(Class, Term, Expr, Comment), ok).
-define(assertReceive(Pattern, Timeout), ok).

-else.

-define(ASSERT__FAIL(Name, Info),
    erlang:error({Name, [{module, ?MODULE}, {line, ?LINE} | Info]})).

-define(assert(BoolExpr), ?ASSERT__BOOL(assert, true, BoolExpr, [])).
-define(assert(BoolExpr, Comment), ?ASSERT__BOOL(assert, true, BoolExpr, [{comment, (Comment)}])).
-define(assertNot(BoolExpr), ?ASSERT__BOOL(assert, false, BoolExpr, [])).
-define(assertNot(BoolExpr, Comment), ?ASSERT__BOOL(assert, false, BoolExpr, [{comment, (Comment)}])).

-define(ASSERT__BOOL(Name, Want, BoolExpr, More),
    begin
        ((fun() ->
            case (BoolExpr) of
                Want -> ok;
                Assert__Got when Assert__Got =:= (not Want) ->
                    ?ASSERT__FAIL(Name, [{expression, (??BoolExpr)}, {expected, Want}, {value, Assert__Got} | More]);
                Assert__Got ->
                    ?ASSERT__FAIL(Name, [{expression, (??BoolExpr)}, {expected, Want}, {not_boolean, Assert__Got} | More])
            end
        end)())
    end).

-define(assertMatch(Guard, Expr), ?ASSERT__MATCH(Guard, Expr, [])).
-define(assertMatch(Guard, Expr, Comment), ?ASSERT__MATCH(Guard, Expr, [{comment, (Comment)}])).
-define(ASSERT__MATCH(Guard, Expr, More),
    begin
        ((fun() ->
            case (Expr) of
                Guard -> ok;
                Assert__Got ->
                    ?ASSERT__FAIL(assertMatch, [{expression, (??Expr)}, {pattern, (??Guard)}, {value, Assert__Got} | More])
            end
        end)())
    end).

-define(assertNotMatch(Guard, Expr), ?ASSERT__NOT_MATCH(Guard, Expr, [])).
-define(assertNotMatch(Guard, Expr, Comment), ?ASSERT__NOT_MATCH(Guard, Expr, [{comment, (Comment)}])).
-define(ASSERT__NOT_MATCH(Guard, Expr, More),
    begin
        ((fun() ->
            Assert__Got = (Expr),
            case Assert__Got of
                Guard ->
                    ?ASSERT__FAIL(assertNotMatch, [{expression, (??Expr)}, {pattern, (??Guard)}, {value, Assert__Got} | More]);
                _ -> ok
            end
        end)())
    end).

-define(assertEqual(Expect, Expr), ?ASSERT__EQUAL(Expect, Expr, [])).
-define(assertEqual(Expect, Expr, Comment), ?ASSERT__EQUAL(Expect, Expr, [{comment, (Comment)}])).
-define(ASSERT__EQUAL(Expect, Expr, More),
    begin
        ((fun() ->
            Assert__Want = (Expect),
            case (Expr) of
                Assert__Want -> ok;
                Assert__Got ->
                    ?ASSERT__FAIL(assertEqual, [{expression, (??Expr)}, {expected, Assert__Want}, {value, Assert__Got} | More])
            end
        end)())
    end).

-define(assertNotEqual(Unexpected, Expr), ?ASSERT__NOT_EQUAL(Unexpected, Expr, [])).
-define(assertNotEqual(Unexpected, Expr, Comment), ?ASSERT__NOT_EQUAL(Unexpected, Expr, [{comment, (Comment)}])).
-define(ASSERT__NOT_EQUAL(Unexpected, Expr, More),
    begin
        ((fun() ->
            Assert__Unwanted = (Unexpected),
            case (Expr) of
                Assert__Unwanted ->
                    ?ASSERT__FAIL(assertNotEqual, [{expression, (??Expr)}, {value, Assert__Unwanted} | More]);
                _ -> ok
            end
        end)())
    end).

-define(assertException(Class, Term, Expr), ?ASSERT__EXCEPTION(Class, Term, Expr, [])).
-define(assertException(Class, Term, Expr, Comment), ?ASSERT__EXCEPTION(Class, Term, Expr, [{comment, (Comment)}])).
-define(ASSERT__PATTERN(Class, Term), "{ " ++ (??Class) ++ " , " ++ (??Term) ++ " , [...] }").
-define(ASSERT__EXCEPTION(Class, Term, Expr, More),
    begin
        ((fun() ->
            try (Expr) of
                Assert__Got ->
                    ?ASSERT__FAIL(assertException,
                        [{expression, (??Expr)}, {pattern, ?ASSERT__PATTERN(Class, Term)}, {unexpected_success, Assert__Got} | More])
            catch
                Class:Term -> ok;
                Assert__Class:Assert__Term:Assert__Stack ->
                    ?ASSERT__FAIL(assertException,
                        [{expression, (??Expr)}, {pattern, ?ASSERT__PATTERN(Class, Term)},
                         {unexpected_exception, {Assert__Class, Assert__Term, Assert__Stack}} | More])
            end
        end)())
    end).

-define(assertNotException(Class, Term, Expr), ?ASSERT__NOT_EXCEPTION(Class, Term, Expr, [])).
-define(assertNotException(Class, Term, Expr, Comment), ?ASSERT__NOT_EXCEPTION(Class, Term, Expr, [{comment, (Comment)}])).
-define(ASSERT__NOT_EXCEPTION(Class, Term, Expr, More),
    begin
        ((fun() ->
            try (Expr) of
                _ -> ok
            catch
                Assert__Class:Assert__Term:Assert__Stack ->
                    case Assert__Class of
                        Class ->
                            case Assert__Term of
                                Term ->
                                    ?ASSERT__FAIL(assertNotException,
                                        [{expression, (??Expr)}, {pattern, ?ASSERT__PATTERN(Class, Term)},
                                         {unexpected_exception, {Assert__Class, Assert__Term, Assert__Stack}} | More]);
                                _ -> ok
                            end;
                        _ -> ok
                    end
            end
        end)())
    end).

-define(assertReceive(Pattern, Timeout),
    begin
        ((fun() ->
            receive
                Pattern = Assert__Got -> Assert__Got
            after Timeout ->
                ?ASSERT__FAIL(assertReceive, [{pattern, (??Pattern)}, {timeout, Timeout}])
            end
        end)())
    end).

-endif.

-define(assertError(Term, Expr), ?assertException(error, Term, Expr)).
-define(assertError(Term, Expr, Comment), ?assertException(error, Term, Expr, Comment)).
-define(assertExit(Term, Expr), ?assertException(exit, Term, Expr)).
-define(assertExit(Term, Expr, Comment), ?assertException(exit, Term, Expr, Comment)).
-define(assertThrow(Term, Expr), ?assertException(throw, Term, Expr)).
-define(assertThrow(Term, Expr, Comment), ?assertException(throw, Term, Expr, Comment)).

-endif.

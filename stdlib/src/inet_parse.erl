%% Addresses as text, under the names that programs knew before inet:parse_address/1 and its relatives.
-module(inet_parse).

-export([address/1, strict_address/1, ipv4_address/1, ipv4strict_address/1, ipv6_address/1, ipv6strict_address/1, ntoa/1]).

address(Text) -> inet:parse_address(Text).
strict_address(Text) -> inet:parse_strict_address(Text).
ipv4_address(Text) -> inet:parse_ipv4_address(Text).
ipv4strict_address(Text) -> inet:parse_ipv4strict_address(Text).
ipv6_address(Text) -> inet:parse_ipv6_address(Text).
ipv6strict_address(Text) -> inet:parse_ipv6strict_address(Text).
ntoa(Address) -> inet:ntoa(Address).

%% Packets as the parser gives them and the serialiser takes them, and the broker's message. Property maps have the names of mqtt_props.

-record(will, {qos = 0, retain = false, topic, payload = <<>>, props = #{}}).
-record(connect, {version = 4, clean = true, keepalive = 0, client_id = <<>>, username, password, will, props = #{}}).
-record(connack, {session_present = false, code = 0, props = #{}}).
-record(publish, {dup = false, qos = 0, retain = false, topic, id, payload = <<>>, props = #{}}).
%% type: puback | pubrec | pubrel | pubcomp
-record(ack, {type, id, code = 0, props = #{}}).
%% topics: [{Filter, #subopts{}}]
-record(subopts, {qos = 0, no_local = false, rap = false, rh = 0}).
-record(subscribe, {id, topics = [], props = #{}}).
-record(suback, {id, codes = [], props = #{}}).
-record(unsubscribe, {id, topics = [], props = #{}}).
-record(unsuback, {id, codes = [], props = #{}}).
-record(disconnect, {code = 0, props = #{}}).
-record(auth, {code = 0, props = #{}}).
%% pingreq and pingresp are atoms.

%% A message on its way: expires is a monotonic time in ms or infinity; plain is the packet as bytes, by protocol version, for those who
%% get it with QoS 0 and nothing of their own in it.
-record(msg, {topic, payload = <<>>, qos = 0, retain = false, props = #{}, from, expires = infinity, plain = #{}}).

-define(SUCCESS, 0).
-define(NORMAL_DISCONNECTION, 16#00).
-define(DISCONNECT_WITH_WILL, 16#04).
-define(NO_MATCHING_SUBSCRIBERS, 16#10).
-define(NO_SUBSCRIPTION_EXISTED, 16#11).
-define(UNSPECIFIED, 16#80).
-define(MALFORMED_PACKET, 16#81).
-define(PROTOCOL_ERROR, 16#82).
-define(UNSUPPORTED_VERSION, 16#84).
-define(CLIENT_ID_NOT_VALID, 16#85).
-define(BAD_USERNAME_OR_PASSWORD, 16#86).
-define(NOT_AUTHORIZED, 16#87).
-define(SERVER_SHUTTING_DOWN, 16#8b).
-define(BAD_AUTHENTICATION_METHOD, 16#8c).
-define(KEEP_ALIVE_TIMEOUT, 16#8d).
-define(SESSION_TAKEN_OVER, 16#8e).
-define(TOPIC_FILTER_INVALID, 16#8f).
-define(TOPIC_NAME_INVALID, 16#90).
-define(PACKET_ID_IN_USE, 16#91).
-define(PACKET_ID_NOT_FOUND, 16#92).
-define(RECEIVE_MAXIMUM_EXCEEDED, 16#93).
-define(TOPIC_ALIAS_INVALID, 16#94).
-define(PACKET_TOO_LARGE, 16#95).
-define(SHARED_NOT_SUPPORTED, 16#9e).

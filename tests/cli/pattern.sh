#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Free text by a profile's pattern: a log of lines, and a SIP trace of records over several.
. "${srcdir:-.}/tests/lib.sh"

cat >log.profile <<'PROFILE'
name log
kind call
record /^\[(?<at>[^\]]+)\] (?<account>\w+): (?<from>\S+) -> (?<to>\S+)(?: (?<talk>\d+)s)?$/
role account account
role started at
role presented from
role dialled to
role talk talk
PROFILE
cat >calls.log <<'LOG'
service started
[2022-06-01 14:02:11Z] u1: 02079460101 -> 07700900123 70s
[2022-06-01 14:02:12Z] u1: failed

[2022-06-01 14:02:13Z] u2: 02079460102 -> 07700900124
LOG
try "$unspoof" ingest -r GB -p ./log.profile log.case calls.log
status_is 0 'a log'
says err '^calls.log: kind call, profile log, free text, rows by the pattern in line 3 of the profile$' 'what it is read by'
says err '^calls.log:?.*: what the pattern in line 3 of the profile does not match is skipped, first in line 1;' 'what matches nothing is said'
says err 'read 5, accepted 2, rejected 0, skipped 3$' 'and counted'
try "$unspoof" sniff -p ./log.profile calls.log
says out '^    columns: at, account, from, to, talk$' 'the columns are its groups'

cat >trace.profile <<'PROFILE'
name trace
kind call
record-begin /^U \d{4}\//
record /(?s)^U (?<at>\S+ \S+) (?<ip>[0-9.]+):\d+ -> \S+\R+INVITE sip:(?<to>[^@]+)@.*?\RFrom:[^<]*<sip:(?<from>[^@>]+).*?\RCall-ID: *(?<id>[^\r\n]+)/
role account ip
role started at
role presented from
role dialled to
role call_id id
PROFILE
message() { printf 'U 2022/06/01 14:0%s:11.123456 192.0.2.9:5060 -> 198.51.100.1:5060\r\n%s sip:%s@example.com SIP/2.0\r\nFrom: "Bank" <sip:%s@192.0.2.9>;tag=1\r\nCall-ID: %s\r\n\r\n' "$@"; }
{ printf 'interface: eth0\r\nfilter: port 5060\r\n'; message 1 INVITE 07700900123 02079460101 a1; message 2 BYE 07700900123 02079460101 a1
  message 3 INVITE 07700900124 02079460102 a2; } >trace.txt
try "$unspoof" ingest -r GB -p ./trace.profile trace.case trace.txt
status_is 0 'a SIP trace'
says err 'each from a line as in line 3 of it$' 'whose records have several lines'
says err 'read 5, accepted 2, rejected 0, skipped 3$' 'two of them are calls'
must "$unspoof" normalise -q trace.case
must "$unspoof" correlate -q trace.case
"$unspoof" export -q -f csv trace.case calls >out
says out '02079460102' 'with their values'

# A pattern that runs for ever, and what is wrong in a profile.
cat >endless.profile <<'PROFILE'
name endless
kind account
record /^(?<account>(x+)+)=$/
role account account
PROFILE
printf 'x=\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy= \nx=\n' >endless.txt
try "$unspoof" ingest --check -p ./endless.profile endless.txt
says err '^endless.txt:2: the pattern in line 3 of profile endless takes too many steps for it$' 'a pattern that runs for ever'
says err 'accepted 2, rejected 1, skipped 0$' 'costs one row'
i=0
while [ $i -lt 1002 ]; do printf 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy= \n'; i=$((i + 1)); done >again.txt
try "$unspoof" ingest again.case -p ./endless.profile again.txt
status_is 1 'and is given up where it does so again and again'
says err 'in more than 1000 records: make the pattern simpler' 'with what to do'

# bad LINE REASON: of a profile.
bad() {
    printf 'name bad\nkind account\nrole account a\n%s\n' "$1" >bad.profile
    try "$unspoof" ingest --check -p ./bad.profile calls.log
    status_is 2 "refused: $1"
    says err "bad.profile:4: $2" "with the line: $1"
}
bad 'record /x/' 'the pattern is wrong: it has no named group'
bad 'record /(?J)(?<a>x)|(?<a>y)/' 'the pattern is wrong: two of its groups have one name'
bad 'record /(?<a>x)/ more' '.*nothing may follow here'
bad 'record-begin /x/' '.*needs a line `record`'
done_testing

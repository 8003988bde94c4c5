#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What statuses say: words that are known, words that are not, and words that are given; the country of an account.
. "${srcdir:-.}/tests/lib.sh"
twins

# understand OPTION... FILE...: a new case, the three steps; what normalise says is left in said.
understand() {
    rm -f case
    must "$unspoof" ingest -q -r GB "$@"
    "$unspoof" normalise case 2>said
    must "$unspoof" correlate -q case
}

# is NAME SQL WANT
is() {
    "$unspoof" query -q -f tsv case "$2" | tail -n +2 >got
    printf '%s\n' "$3" >want
    same "$1" want got
}

# figure NAME KEY WANT
figure() {
    "$unspoof" summary -q -f tsv case | grep "^$2	" >got
    printf '%s\t%s\n' "$2" "$3" >want
    same "$1" want got
}

silent() {
    # Of contradictions and national numbers something is said all the same.
    if grep -v -e 'calls whose status says' -e 'tell no country' -e 'neither payment nor refund' said | grep -q "$1"; then sed 's/^/# /' said; false; fi
    ok "$2"
}

# Every known word, with a set-up duration and nothing else, is what its list says.
grep -v '^#' "$srcdir/data/status.tsv" >list
grep '^call	' list | cut -f 2,3 >calls.list
awk -F '\t' 'BEGIN { print "started,account,presented,dialled,duration,status" }
    { printf "2022-03-01T10:00:00Z,u1,,07400123456,65,\" %s \"\n", NR % 2 ? toupper($2) : $2 }' calls.list >words.csv
understand case words.csv
"$unspoof" query -q -f tsv case 'SELECT flags & 1 FROM call ORDER BY id' | tail -n +2 >got
awk -F '\t' '{ print $1 == "answered" ? 1 : 0 }' calls.list >want
same 'known words of calls' want got
[ "$(wc -l <want)" -gt 400 ]
ok 'there are many'
silent 'is not known' 'none of them is said to be unknown'
grep '^payment	' list | cut -f 2,3 >payments.list
awk -F '\t' 'BEGIN { print "account,paid,amount,currency,status" }
    { printf "u1,2022-03-01T10:00:00Z,1.00,GBP,\" %s \"\n", NR % 2 ? toupper($2) : $2 }' payments.list >words.csv
understand case words.csv
"$unspoof" query -q -f tsv case 'SELECT confirmed FROM payment_read ORDER BY payment' | tail -n +2 >got
awk -F '\t' '{ print $1 == "confirmed" ? 1 : 0 }' payments.list >want
same 'known words of payments' want got
silent 'status' 'none of them is said'
[ "$(grep -c 'went back and counts as neither payment nor refund: 1.00 GBP' said)" = 20 ]
ok 'but for payments that went back, of the first twenty words'
is 'all of them are kept' "SELECT count(*) FROM remark WHERE topic = 'status'" "$(cut -f 2 payments.list | tr a-z A-Z | sort -u | wc -l)"
"$unspoof" export -q -f csv case quality >got
says got '^normalise,words.csv,payment,status,status,' 'and exported'

# Words that are no answer, and one that is.
cat >duration.csv <<'END'
started,account,presented,dialled,duration,status
2022-03-01T10:00:00Z,u1,02079460101,07400123456,65,NORMAL_CLEARING
2022-03-01T10:05:00Z,u1,02079460101,07400123457,65,PROGRESS_TIMEOUT
2022-03-01T10:10:00Z,u1,02079460101,07400123458,65,Not answered
2022-03-01T10:15:00Z,u1,02079460101,07400123459,65,Unanswered
2022-03-01T10:20:00Z,u1,02079460101,07400123460,65,487
2022-03-01T10:25:00Z,u1,02079460101,07400123461,65,NO_ROUTE_DESTINATION
2022-03-01T10:30:00Z,u1,02079460101,07400123462,65,NO ANSWER
2022-03-01T10:35:00Z,u1,02079460101,07400123463,65,486 Busy Here
2022-03-01T10:40:00Z,u1,02079460101,07400123464,65,USER_BUSY [17]
2022-03-01T10:45:00Z,u1,02079460101,07400123465,65,SIP/2.0 603 Decline
END
understand case duration.csv
figure 'one of ten was answered' answered 1
figure 'and there is one victim' victims 1
silent 'status' 'clean words: nothing is said'

# A word that nobody knows is no answer where seconds of talk do not say it, and is said.
cat >unknown.csv <<'END'
started,account,presented,dialled,duration,status
2022-03-01T10:00:00Z,a,+442079460001,+447400123456,90,CONNECTED
2022-03-01T11:00:00Z,a,+442079460001,+447400123457,90,VERBUNDEN
2022-03-01T11:30:00Z,a,+442079460001,+447400123457,90,verbunden
2022-03-01T12:00:00Z,a,+442079460001,+447400123458,90,KEIN ANSCHLUSS
2022-03-01T12:30:00Z,a,+442079460001,+447400123459,90,16
2022-03-01T12:40:00Z,a,+442079460001,+447400123460,90,
2022-03-01T12:50:00Z,a,+442079460001,+447400123461,0,VERBUNDEN
END
understand case unknown.csv
figure 'a known word, and a duration without a status' answered 2
says said "^unknown.csv: status 'VERBUNDEN' of 2 rows is not known: 1 calls without seconds of talk count as not answered; \`unspoof normalise --status 'answered=VERBUNDEN' CASE\` or --status 'unanswered=VERBUNDEN' tells$" 'an unknown word is said'
"$unspoof" export -q -f csv case quality | grep VERBUNDEN | head -n 1 | cut -d, -f 4-8 >got
echo 'status,status,VERBUNDEN,2,3' >want
same 'with a line that has it' want got
says said "^unknown.csv: status '16' of 1 rows does not say that a call was answered: 1 calls" 'so is a cause that both have'
[ "$(sed -n '1,3p' said | grep -c 'is not known')" = 3 ]
ok 'unknown words are said first'
[ "$(grep -c status said)" = 4 ]
ok 'and known ones not'
is 'all are kept' "SELECT value, count, remedy <> '' FROM remark WHERE topic = 'status' ORDER BY 1" \
    "$(printf '16\t1\t1\nCONNECTED\t1\t0\nKEIN ANSCHLUSS\t1\t1\nVERBUNDEN\t2\t1\nverbunden\t1\t1')"
must "$unspoof" verify -q case
understand -w answered=VERBUNDEN -w 'unanswered=KEIN ANSCHLUSS' -w unanswered=16 case unknown.csv
figure 'words that are given count' answered 4
silent status 'and then nothing is said'
is 'they are recorded with the source' "SELECT replace(words, char(10), ';') FROM source" \
    'answered=VERBUNDEN;unanswered=KEIN ANSCHLUSS;unanswered=16;answered=ANSWERED;answered=ANSWER;answered=COMPLETED;unanswered=NO ANSWER;unanswered=NOANSWER;unanswered=BUSY;unanswered=FAILED;unanswered=CANCEL;unanswered=CANCELED;unanswered=CONGESTION;'
sed 's/duration/talk/' unknown.csv >talk.csv
understand case talk.csv
figure 'where seconds of talk say it the status does not' answered 6
says said "status 'VERBUNDEN' of 2 rows is not known: seconds of talk say which calls were answered;" 'and no call hangs on it'
silent "'16'" 'nor on a cause that both have'

# What a profile says gives way to what is said on the command line.
printf 'name p\nkind call\nanswered VERBUNDEN\nroles header\n' >p.profile
understand -p ./p.profile -w unanswered=verbunden case unknown.csv
figure 'the command line is stronger than the profile' answered 2

# A duration of 0 with a status that says answered: the seconds win.
cat >zero.csv <<'END'
started,account,presented,dialled,duration,status
2022-03-01T10:00:00Z,a,+442079460001,+447400123456,0,ANSWERED
END
understand case zero.csv
figure 'a duration of 0 was not answered, whatever the status' answered 0
is 'and the call is flagged' 'SELECT flags & 16 FROM call' 16
silent status 'the word itself is known'

# Payments.
cat >payments.csv <<'END'
account,paid,amount,currency,status
a,2022-03-01T09:00:00Z,500.00,GBP,CREDITED
b,2022-03-01T09:00:00Z,300.00,GBP,SETTLED-OK
b,2022-03-02T09:00:00Z,0.50,GBP,SETTLED-OK
c,2022-03-01T09:00:00Z,7.00,GBP,
d,2022-03-01T09:00:00Z,20.00,GBP,DUNNO
a,2022-03-02T09:00:00Z,-200.00,GBP,REFUNDED
END
understand case payments.csv
figure 'an unknown word confirms nothing' spend 300.00
says said "^payments.csv: status 'SETTLED-OK' is not known: its 2 payments are not counted as paid: 300.50 GBP; \`unspoof normalise --status 'paid=SETTLED-OK' CASE\` counts them" 'and is said with its money'
"$unspoof" export -q -f csv case quality | grep SETTLED | cut -d, -f 4-8 >got
echo 'status,status,SETTLED-OK,2,3' >want
same 'and with a line' want got
[ "$(head -n 1 said | grep -c SETTLED-OK)" = 1 ]
ok 'that with most payments first'
says said '^payments.csv: 1 payments have no status and are not counted as paid: 7.00 GBP;' 'so are payments without a status'
understand -w paid=SETTLED-OK -w unpaid=DUNNO case payments.csv
figure 'a word that is given confirms' spend 600.50
silent "'" 'and then is not said'
cat >processed.csv <<'END'
account,paid,amount,currency,status
a,2022-01-01 00:00:00Z,150.00,GBP,processed
b,2022-01-01 00:00:00Z,150.00,GBP,OK
END
understand case processed.csv
figure 'words that plainly mean paid' spend 300.00
must "$unspoof" run -q -w paid=DUNNO -w paid=SETTLED-OK -w answered=VERBUNDEN run.case payments.csv unknown.csv
"$unspoof" summary -f tsv run.case | grep -E '^(answered|spend)	' >got
printf 'answered\t4\nspend\t620.50\n' >want
same 'run has words of both kinds' want got
must "$unspoof" verify -q run.case
for word in paid= dunno=X X "answered="; do
    try "$unspoof" ingest -w "$word" new.case unknown.csv
    status_is 2 "-w '$word' is refused"
done
try "$unspoof" ingest -w answered=X -w unanswered=X new.case unknown.csv
status_is 2 'a word of two meanings is refused'
says err "word 'unanswered=X': means something else" 'and said'

try "$unspoof" ingest -w paid=Settled -w 'unpaid= settled ' new.case unknown.csv
status_is 2 'case and blanks around it do not make it another'
try "$unspoof" ingest -w paid=X -w returned=X new.case unknown.csv
status_is 2 'a meaning that there is not'
try "$unspoof" ingest -w paid=X -w refunded=x new.case unknown.csv
status_is 2 'two meanings of payments'
try "$unspoof" ingest -w paid=X -w confirmed=x -w answered=X -w unpaid=Y new.case unknown.csv
status_is 0 'one meaning twice, of calls and of payments'
rm -f new.case
for words in 'answered X\nunanswered x\n' 'unanswered X\nanswered X\n'; do
    printf "name p\nkind call\n${words}roles header\n" >two.profile
    try "$unspoof" ingest -p ./two.profile new.case unknown.csv
    status_is 2 'a profile that says two things of a word is refused'
    says err "two.profile:4: 'X': means something else by a line before|two.profile:4: 'x': means something else by a line before" 'with the line'
done
try "$unspoof" ingest -p ./p.profile -w unanswered=verbunden new.case unknown.csv
says err "^unknown.csv: 'verbunden' means unanswered by -w, and answered by the profile p; -w is stronger: leave it out where the profile is right$" 'where an option contradicts the profile that is said'
[ "$(sqlite3 new.case "SELECT topic, value, text LIKE '%by the profile p' FROM source_remark WHERE topic = 'status'")" = 'status|verbunden|1' ]
ok 'and kept'
rm -f new.case
try "$unspoof" ingest -p ./p.profile -w answered=verbunden -w unanswered=16 new.case unknown.csv
grep -q 'by -w' err
[ $? = 1 ]
ok 'one that says the same is not'

# Many words, many threads: twenty are said, all are kept, and the threads do not matter.
awk 'BEGIN { print "started,account,presented,dialled,duration,status"
    for (i = 0; i < 150000; i++)
        printf "2022-03-01T10:00:00Z,u%d,,07400123456,%d,%s\n", i % 7, i % 3, i % 5 ? "ANSWERED" : "W" (i % 185) (i % 2 ? "x" : "") }' >many.csv
rm -f case
must "$unspoof" ingest -q -r GB case many.csv
for n in 1 2 3 8; do
    cp case "$n.case"
    "$unspoof" normalise --threads $n "$n.case" 2>"$n.said"
    sqlite3 "$n.case" '.dump' | grep -v 'INTO run ' >"$n.sql"
    [ $n = 1 ] || same "--threads $n: the same words" 1.sql "$n.sql"
    [ $n = 1 ] || same "--threads $n: the same is said" 1.said "$n.said"
done
[ "$(grep -c "status 'W" 1.said)" = 20 ]
ok 'twenty words are said'
says 1.said '^many.csv: 54 more status words are not known; ' 'and that there are more'
[ "$(sqlite3 1.case "SELECT count(*), sum(count) FROM remark WHERE topic = 'status' AND length(value) > 0")" = '75|150000' ]
ok 'all are kept with their rows'
[ "$(sqlite3 1.case "SELECT count FROM remark WHERE topic = 'status' AND value = CAST('ANSWERED' AS BLOB)")" = 120000 ]
ok 'known ones too'

# The country of an account is no region of what it dials unless that is said.
printf 'started,account,presented,dialled,talk\n2022-03-01T10:00:00Z,a,02079460001,07400123456,90\n' >calls.csv
printf 'account,email,country\na,a@example.com,NG\n' >accounts.csv
understand case calls.csv accounts.csv
"$unspoof" export -q -f tsv case victims | cut -f 1,2 | tail -n 1 >got
printf '+447400123456\tGB\n' >want
same 'a customer of Nigeria who dials in Britain' want got
silent country 'nothing is said of it'
must "$unspoof" normalise --region-of-account case
must "$unspoof" correlate -q case
"$unspoof" export -q -f tsv case victims | cut -f 1,2 | tail -n 1 >got
printf '+2347400123456\tNG\n' >want
same 'with --region-of-account' want got
[ "$(sqlite3 case "SELECT settings FROM run WHERE command = 'normalise' ORDER BY id DESC LIMIT 1")" = '{"region_of_account":true}' ]
ok 'that is recorded'
must "$unspoof" run -q --region-of-account -r GB country.case calls.csv accounts.csv
"$unspoof" export -q -f tsv country.case victims | cut -f 1,2 | tail -n 1 >got
same 'run --region-of-account' want got

# What of a country the plan does not know.
cat >plan.csv <<'END'
started,account,presented,dialled,talk
2022-01-01T00:00:00Z,a,+442079460001,07400123456,61
2022-01-01T00:00:00Z,a,+442079460001,2125550123,61
2022-01-01T00:00:00Z,a,+442079460001,0861234567,61
2022-01-01T00:00:00Z,a,+442079460001,0861234567,61
2022-01-01T00:00:00Z,a,+442079460001,0000000000,9
2022-01-01T00:00:00Z,a,+442079460001,902079460101,61
END
understand case plan.csv
for country in GB TR FR; do "$unspoof" summary -q -f tsv --country $country case | grep '^country_' | cut -f 2 | paste -s -d ' ' -; done >got
printf '5 5 4 3 4 2 0\n1 1 1 1 1 1 0\n0 0 0 0 0 0 0\n' >want
same 'summary: calls and victims of a country, and those not in the plan' want got
"$unspoof" summary -q -f tsv case | grep '^country_' | cut -f 2 | sort -u >got
echo >want
same 'without --country they are empty' want got
twins_agree
done_testing

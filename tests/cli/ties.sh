#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What ties accounts to one person, what is listed only, and what an analyst forbids.
. "${srcdir:-.}/tests/lib.sh"

# fresh: no case.
fresh() { rm -f t.case; }
# take KIND OPTION...: standard input is ingested as a dump of that kind.
take() {
    kind=$1
    shift
    cat >"$kind.csv"
    must "$unspoof" ingest -q -k "$kind" "$@" t.case "$kind.csv"
}
# conclude OPTION...: err has what is said but for the funnel.
conclude() {
    must "$unspoof" normalise -q t.case
    try "$unspoof" correlate "$@" t.case
    grep -v '^funnel: \|^setting: ' err >said
}
# column TABLE COLUMNS
column() { "$unspoof" export -q -f csv t.case "$1" | sqlite3 :memory: '.import --csv /dev/stdin t' "SELECT $2 FROM t"; }
# links_are NAME, suspects_are NAME: want is standard input.
links_are() { cat >want; column links 'account_a, account_b, rule, value, strength, note' >got; same "$1" want got; }
suspects_are() { cat >want; column suspects 'accounts, doubts' >got; same "$1" want got; }

# ---- weak ----

fresh
take account -r GB <<'END'
account,email,phone,ip
a1,Test@Test.com,01111111111,10.1.2.3
a2,test@test.com,0111 111 1111,10.1.2.3
b1,noreply@shop.example,01234567890,::1
b2,NoReply@Shop.example,01234567890,::1
c1,none@none.com,+44 123,100.64.0.1
c2,none@none.com,+44123,100.64.0.1
d1,jo@example.com,020 7946 0101,192.0.2.7
d2,jo@example.com,,192.0.2.7
e1,,07700 900123,fe80::1%eth0
e2,,07700 900123,fe80::1%eth0
f1,x@y.example,020 7946 0198,198.51.100.8
f2,x@y.example,,198.51.100.8
g1,kim@post.example,020 7946 0199,172.32.0.1
g2,kim@post.example,020 7946 0199,172.32.0.1
END
take login <<'END'
account,at,ip,device
h1,2022-03-01T00:00:00Z,127.0.0.1:5060,Mozilla/5.0 (Windows NT 10.0)
h2,2022-03-01T00:00:00Z,127.0.0.1:5060,Mozilla/5.0 (Windows NT 10.0)
i1,2022-03-01T00:00:00Z,0.0.0.0,okhttp/4.9.1
i2,2022-03-01T00:00:00Z,0.0.0.0,okhttp/4.9.1
j1,2022-03-01T00:00:00Z,::ffff:192.168.1.9,CURL/7.58
j2,2022-03-01T00:00:00Z,::ffff:192.168.1.9,CURL/7.58
k1,2022-03-01T00:00:00Z,169.254.9.9,f1:0a:77 / phone
k2,2022-03-01T00:00:00Z,169.254.9.9,f1:0a:77 / phone
l1,2022-03-01T00:00:00Z,fd00::1,Unit/1.25 build
l2,2022-03-01T00:00:00Z,fd00::1,Unit/1.25 build
END
conclude --link email,address,txid,phone,device,ip
status_is 0 'identifiers of which some are weak'
links_are 'weak ones are listed with the reason, those kept for documentation tie' <<'END'
j1|j2|device|CURL/7.58|weak|reads like a user agent, which many have
h1|h2|device|Mozilla/5.0 (Windows NT 10.0)|weak|reads like a user agent, which many have
l1|l2|device|Unit/1.25 build|weak|a product and its version, which many have
k1|k2|device|f1:0a:77 / phone|decisive|
i1|i2|device|okhttp/4.9.1|weak|reads like a user agent, which many have
d1|d2|email|jo@example.com|decisive|a domain kept for documentation (RFC 2606)
g1|g2|email|kim@post.example|decisive|a domain kept for documentation (RFC 2606)
c1|c2|email|none@none.com|weak|says that there is no address
b1|b2|email|noreply@shop.example|weak|a machine sends from it, nobody reads it
a1|a2|email|test@test.com|weak|stands in where no address is given
f1|f2|email|x@y.example|weak|keys struck in a row, stands in where no address is given
i1|i2|ip|0.0.0.0|weak|no address of a host (RFC 1122)
a1|a2|ip|10.1.2.3|weak|a private network (RFC 1918)
c1|c2|ip|100.64.0.1|weak|shared by customers of a provider (RFC 6598)
h1|h2|ip|127.0.0.1:5060|weak|the machine itself (RFC 1122)
k1|k2|ip|169.254.9.9|weak|link-local (RFC 3927)
g1|g2|ip|172.32.0.1|decisive|
d1|d2|ip|192.0.2.7|decisive|kept for documentation (RFC 5737)
f1|f2|ip|198.51.100.8|decisive|kept for documentation (RFC 5737)
b1|b2|ip|::1|weak|the machine itself (RFC 4291)
j1|j2|ip|::ffff:192.168.1.9|weak|a private network (RFC 1918)
l1|l2|ip|fd00::1|weak|a private network (RFC 4193)
e1|e2|ip|fe80::1%eth0|weak|link-local (RFC 4291)
a1|a2|phone|+441111111111|weak|one digit, again and again
c1|c2|phone|+44123|weak|no telephone number has that length
b1|b2|phone|+441234567890|weak|digits that count up or down
g1|g2|phone|+442079460199|decisive|a number kept for fiction
e1|e2|phone|+447700900123|decisive|a number kept for fiction
END
[ "$("$unspoof" query -q -f csv t.case 'SELECT sum(phones) FROM evidence' | tail -n 1)" = 4 ]
ok 'what is no number, and what is weak, is counted as none'
"$unspoof" query -q -f csv t.case "SELECT sum(emails), sum(ips), sum(devices) FROM evidence" | sed 1d >got
echo 2,3,1 >want
same "and so is what else is weak" want got
column suspects accounts | grep ';' | sort >got
cat >want <<'END'
d1;d2
e1;e2
f1;f2
g1;g2
k1;k2
END
same 'only the others are one person' want got

# ---- e-mail ----

fresh
take account <<'END'
account,email
a,j.smith+x@gmail.com
b,JSmith@GoogleMail.com
c,ann+one@post.example
d,ann+two@post.example
e,ann@post.example
f,an.n@post.example
g,j.smith@post.example
h,j.smith@post.example
END
conclude
links_are 'dots and +tags fold at providers of the list; elsewhere such a pair is weak' <<'END'
g|h|email|j.smith@post.example|decisive|a domain kept for documentation (RFC 2606)
a|b|email|jsmith@gmail.com|decisive|some accounts write it with dots or +tags, which the provider drops
c|d|email|ann@post.example|weak|the same but for dots and +tags: one mailbox at some providers only
c|e|email|ann@post.example|weak|the same but for dots and +tags: one mailbox at some providers only
c|f|email|ann@post.example|weak|the same but for dots and +tags: one mailbox at some providers only
END
column suspects 'accounts, emails' >got
cat >want <<'END'
a;b|j.smith+x@gmail.com;jsmith@googlemail.com
c|ann+one@post.example
d|ann+two@post.example
e|ann@post.example
f|an.n@post.example
g;h|j.smith@post.example
END
same 'and they are shown as they were written' want got
printf 'email js.mith@gmail.com\n' >never.txt
try "$unspoof" correlate -q --never never.txt t.case
column suspects accounts | head -n 2 >got
printf 'a\nb\n' >want
same 'a list names them in any writing' want got

# ---- addresses and transactions ----

TX=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
TY=$(printf %s $TX | tr a b)
TZ_=$(printf %s $TX | tr a c)
UP=$(printf %s $TX | tr a A)
fresh
take payment <<END
account,paid,amount,currency,from_address,txid
a,2022-03-01T00:00:00Z,1.00,GBP,0xAbCdEf0123456789aBcDeF0123456789AbCdEf01,
b,2022-03-01T00:00:00Z,1.00,GBP,0xabcdef0123456789abcdef0123456789abcdef01,
c,2022-03-01T00:00:00Z,1.00,GBP,,$TX-0
d,2022-03-01T00:00:00Z,1.00,GBP,,$UP:1
e,2022-03-01T00:00:00Z,1.00,GBP,,$TY:0
f,2022-03-01T00:00:00Z,1.00,GBP,,$TY-0
g,2022-03-01T00:00:00Z,1.00,GBP,,$TZ_
h,2022-03-01T00:00:00Z,1.00,GBP,,$TZ_:2
i,2022-03-01T00:00:00Z,1.00,GBP,1PAYER,PAY-1
j,2022-03-01T00:00:00Z,1.00,GBP,1payer,PAY-2
END
conclude
links_are 'one transaction, whatever output; Ethereum without case; other texts as they are' <<END
a|b|address|0xabcdef0123456789abcdef0123456789abcdef01|decisive|nothing else ties the accounts
c|d|txid|$TX|decisive|other outputs of the transaction, and nothing else ties the accounts
e|f|txid|$TY|decisive|
g|h|txid|$TZ_|decisive|
END
suspects_are 'what hangs on little stands beside the suspect' <<END
a;b|address 0xabcdef0123456789abcdef0123456789abcdef01
c;d|txid $TX
e;f|
g;h|
i|
j|
END
grep -c '^2 suspects are tied by a paying address or a transaction alone' said >got
echo 1 >want
same 'and is said once' want got
column quality "topic, count, remedy <> ''" | grep -v '^coverage' >got
echo 'loose-tie|2|1' >want
same 'and kept' want got
column payments txid | sed -n '3,4p' >got
printf '%s-0\n%s:1\n' $TX $UP >want
same 'the found text stays' want got
"$unspoof" query -q -f csv t.case 'SELECT txid, output FROM payment_read WHERE output > 0' | sed 1d >got
printf '%s,1\n%s,2\n' $TX $TZ_ >want
same 'and the output beside the transaction' want got

# Something else that is shared takes the doubt away, also by way of others.
take account <<'END'
account,email
a,a@post.example
z,a@post.example
z,b@post.example
b,b@post.example
END
conclude
suspects_are 'accounts that share something else are not in doubt' <<END
a;b;z|
c;d|txid $TX
e;f|
g;h|
i|
j|
END

# ---- an exchange ----

hot=1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
fresh
for i in 0 1 2 3 4 5; do
    echo "person$i,2022-03-01T09:0$i:00Z,60.00,GBP,$hot,confirmed"
done >payments.rows
{
    echo account,paid,amount,currency,from_address,status
    cat payments.rows
} | take payment
take account <<'END'
account,email,phone,ip
person0,zoe@post.example,+442079460101,
person1,zoe@post.example,+442079460102,
person2,,+442079460102,
END
take login <<'END'
account,at,ip,device
person4,2022-03-01T00:00:00Z,198.51.100.8,unit 7
person5,2022-03-01T00:00:00Z,198.51.100.8,unit 7
END
conclude
column suspects accounts >got
echo 'person0;person1;person2;person3;person4;person5' >want
same 'a wallet ties all' want got
cat >never.txt <<END
# Wallets of exchanges
address $hot   # this one
 zoe@POST.example
phone +44 20 7946 0102
ip 9.9.9.9
unit

# twice
$hot
END
try "$unspoof" correlate --link email,address,txid,phone,device,ip --never never.txt t.case
status_is 0 'a list of what ties nothing'
grep -v '^funnel: \|^setting: ' err >got
cat >want <<END
address '$hot' of 6 accounts ties nothing, as --never says (line 2)
email 'zoe@post.example' of 2 accounts ties nothing, as --never says (line 3)
phone '+442079460102' of 2 accounts ties nothing, as --never says (line 4)
no account has what 2 of the 6 lines of --never name (lines 5-6); write them as the dumps do, or as column value of links
END
same 'what was met is said, and how many were not' want got
suspects_are 'it ties nothing, the rest does' <<'END'
person4;person5|
person0|
person1|
person2|
person3|
END
column links 'DISTINCT rule, strength, note' >got
cat >want <<'END'
address|weak|named by --never
device|decisive|
email|weak|named by --never
ip|decisive|kept for documentation (RFC 5737)
phone|weak|named by --never
END
same 'and the links say why' want got
sqlite3 t.case "SELECT value FROM setting WHERE key = 'never'" >got
{ cat never.txt; echo; } | sed '$d' >want
sed -i -e '/^$/d' got want
same 'the case has the list' want got
hash=$(sha256sum <never.txt | cut -d ' ' -f 1)
sqlite3 t.case "SELECT value FROM setting WHERE key = 'never_sha256'; SELECT json_extract(settings, '\$.never_sha256') FROM run WHERE command = 'correlate' ORDER BY id DESC LIMIT 1" >got
printf '%s\n%s\n' "$hash" "$hash" >want
same 'and its SHA-256, which the run has too' want got
column quality "topic, role, value, count, line" | grep "^never" >got
cat >want <<END
never|address|$hot|6|2
never|email|zoe@post.example|2|3
never|phone|+442079460102|2|4
never-unmet|||2|5
END
same 'quality has what was said' want got
{ echo '?'; awk 'BEGIN { for (i = 2; i < 100; i++) print i % 3 ? "#" : "nothing" i }'; } >unmet.txt
try "$unspoof" correlate --never unmet.txt t.case
says err 'no account has what 34 of the 34 lines of --never name \(lines 1, 3, 6, .*, 87 and more\); ' 'lines that meet nothing, and are no identifier, by number'
must "$unspoof" correlate -q t.case
[ "$(sqlite3 t.case "SELECT count(*) FROM setting WHERE key LIKE 'never%'")" = 3 ]
ok 'it is in force until it is taken back'
must "$unspoof" correlate -q --never '' t.case
[ "$(sqlite3 t.case "SELECT count(*) FROM setting WHERE key LIKE 'never%'")" = 0 ]
ok 'then there is no list'
must cp t.case again.case
rm -f t.case
try "$unspoof" run -q --never never.txt t.case payment.csv account.csv
status_is 0 'run has the option too'
column suspects accounts | sort >got
printf 'person%s\n' 0 1 2 3 4 5 >want
same 'and what it says holds' want got

# refused LINE... EXPECTED: as lists they are no good.
refused() {
    printf '%b' "$1" >never.txt
    try "$unspoof" correlate --never never.txt again.case
    [ "$status" = 1 ] && grep -F -- "$2" err >/dev/null || {
        sed 's/^/# /' err
        false
    }
    ok "refused: $2"
}
refused 'address\n' "never.txt:1: 'address': a rule without a value"
refused '# x\n\nphone 020 7946 0101\n' "never.txt:3: '020 7946 0101': no telephone number in E.164, as +442079460101"
refused 'email zoe\n' "never.txt:1: 'zoe': no e-mail address"
refused 'ip 1.2.3\n' "never.txt:1: '1.2.3': no IP address"
refused 'adress 1A1z\n' "never.txt:1: 'adress': no rule; the rules are address, device, email, ip, phone, txid"
refused 'ip 1.2.3.4 1.2.3.5\n' "never.txt:1: '1.2.3.4 1.2.3.5': more than one value; give one a line"
refused 'x\0y\n' 'no file of identifiers'
try "$unspoof" correlate --never missing.txt again.case
status_is 1 'a list that is not there'

# ---- addresses of calls ----

fresh
{
    echo started,account,presented,dialled,talk,ip
    for i in 1 2 3 4 5 6 7 8 9; do
        echo "2022-01-01 00:00:0${i}Z,a,,+447700900456,61,3.3.3.3"
        echo "2022-01-01 00:00:0${i}Z,b,,+447700900456,61, 3.3.3.3"
        echo "2022-01-01 00:00:0${i}Z,c$i,,+447700900456,61,2a02:8109::$i:ab"
        echo "2022-01-01 00:00:0${i}Z,c$i,,+447700900456,61,10.0.0.1"
    done
    echo '2022-01-01 00:00:00Z,d,,+447700900456,61,7.7.7.7'
    echo '2022-01-01 00:00:00Z,d,,+447700900456,61,'
    echo '2022-01-01 00:00:00Z,e,,+447700900456,61,'
} | take call
take login <<'END'
account,at,ip,device
l,2022-03-01T00:00:00Z,7.7.7.7,
END
conclude --hub 5 --link email,ip
links_are 'calls tie as logins do, with hubs and weak ones' <<'END'
c1|c2|ip|10.0.0.1|weak|a private network (RFC 1918)
c1|c3|ip|10.0.0.1|weak|a private network (RFC 1918)
c1|c4|ip|10.0.0.1|weak|a private network (RFC 1918)
c1|c5|ip|10.0.0.1|weak|a private network (RFC 1918)
c1|c6|ip|10.0.0.1|weak|a private network (RFC 1918)
c1|c7|ip|10.0.0.1|weak|a private network (RFC 1918)
c1|c8|ip|10.0.0.1|weak|a private network (RFC 1918)
c1|c9|ip|10.0.0.1|weak|a private network (RFC 1918)
a|b|ip|3.3.3.3|decisive|
d|l|ip|7.7.7.7|decisive|
END
column suspects accounts | grep ';' >got
printf 'a;b\nd;l\n' >want
same 'who calls from one address is one person, when asked' want got
column links 'row_a, row_b' | sort -u | tail -n 3 >got
"$unspoof" query -q -f csv t.case "SELECT group_concat(ips) FROM (SELECT ips FROM evidence ORDER BY suspect)" | sed 1d | tr -d '"' >got
echo 1,1,1,1,1,1,1,1,1,1,1,0 >want
same 'addresses of calls count as evidence, each once' want got
for threads in 1 3; do
    must "$unspoof" correlate -q --threads $threads --memory 16M --hub 5 --link email,ip t.case
    "$unspoof" export -q -f csv t.case links >links.$threads
done
same 'whatever the threads' links.1 links.3
column links 'value, row_a, row_b' | grep -v '^10' >got
printf '3.3.3.3|2|3\n7.7.7.7|38|2\n' >want
same 'with the first row that says so' want got
conclude --link ''
column links 'DISTINCT strength' >got
echo weak >want
same 'unasked they are listed' want got

# ---- services ----

fresh
printf 'account,email,login\nx,same@post.example,joe\ny;z,,\n' >a.csv
printf 'account,email,login\nx,SAME@post.example,joe\n' >b.csv
must "$unspoof" ingest -q -k account --service A t.case a.csv
conclude
column suspects 'accounts, logins' >got
cat >want <<'END'
x|joe
y\;z|
END
same 'one service: accounts alone' want got
must "$unspoof" ingest -q -k account --service 'B/\' t.case b.csv
printf 'started,account,presented,dialled,talk\n2022-01-01T00:00:00Z,x,,+447700900456,61\n' >c.csv
must "$unspoof" ingest -q --service 'B/\' t.case c.csv
conclude
column suspects 'accounts, logins' >got
cat >want <<'END'
A/x;B\\/\\\\/x|A/joe;B\\/\\\\/joe
A/y\;z|
END
same 'two: SERVICE/account in lists' want got
links_are 'and in links' <<'END'
A/x|B\/\\/x|email|same@post.example|decisive|a domain kept for documentation (RFC 2606)
END
must "$unspoof" show -q -f csv t.case suspect S1
grep '^concluded,link' must.log | cut -d , -f 3,4 >got
cat >want <<'END'
A/x and B\/\\/x,"email same@post.example (decisive: a domain kept for documentation (RFC 2606))
A/x and B\/\\/x,"email same@post.example (decisive: a domain kept for documentation (RFC 2606))
END
same 'show names them so' want got
try "$unspoof" show -q -f csv t.case number +447700900456
says out 'account B\\/\\\\/x' 'also beside the calls of a number'
try "$unspoof" show -q -f csv t.case account 'B\/\\/x'
status_is 0 'and finds them by that name'
try "$unspoof" show t.case account x
status_is 2 'but not by what two services have'


# A call's address in a folder of files: the rows that say so are those of the right file.
mkdir calls
printf 'started,account,presented,dialled,talk,ip\n2022-03-01 10:00:00Z,a1,02079460001,07700900123,90,81.2.69.142\n2022-03-01 10:01:00Z,a2,02079460001,07700900123,90,81.2.69.143\n' >calls/one.csv
printf 'started,account,presented,dialled,talk,ip\n2022-03-01 11:00:00Z,a3,02079460001,07700900123,90,81.2.69.142\n2022-03-01 11:01:00Z,a2,02079460001,07700900123,90,81.2.69.143\n' >calls/two.csv
rm -f folder.case
must "$unspoof" ingest -q -r GB folder.case calls
must "$unspoof" normalise -q folder.case
must "$unspoof" correlate -q folder.case
"$unspoof" export -f csv folder.case links >out
says out '^a1,a3,ip,81.2.69.142,weak,calls/one.csv,2,calls/two.csv,2,' 'links by the address of a call name the files'
done_testing

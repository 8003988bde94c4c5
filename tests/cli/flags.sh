#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Flags of a small case, prefixes of a carrier, and countries of accounts.
. "${srcdir:-.}/tests/lib.sh"
twins

cat >accounts.csv <<'END'
account,name,phone,country
alice,A,020 7946 0101,GB
bob,B,(202) 555-0143,USA
carol,C,020 7946 0102,Ruritania
dave,D,020 7946 0103,GB
dave,D,020 7946 0103,US
END
cat >calls.csv <<'END'
started,account,presented,dialled,talk,status
2022-03-27 10:00:00,alice,02079460111,02079460222,90,ANSWERED
2022-03-27 10:01:00,alice,02079460222,02079460222,90,ANSWERED
2022-03-27 10:02:00,alice,02079460111 x9,07700900123,90,ANSWERED
2022-03-27 10:03:00,alice,anonymous,07700900123,90,ANSWERED
2022-03-27 10:04:00,alice,+9991234567,07700900123,90,ANSWERED
2022-03-27 10:05:00,bob,2025550143,2025550199,90,ANSWERED
2022-03-27 10:06:00,bob,999,2025550199,90,ANSWERED
2022-03-27 10:07:00,carol,77788442079460111,7778807700900123,90,ANSWERED
2022-03-27 10:08:00,dave,02079460111,07700900123,90,ANSWERED
END
must "$unspoof" ingest -q -r GB --tech-prefix '9#,77788' flags.case calls.csv
must "$unspoof" ingest -q -r GB -k account flags.case accounts.csv
try "$unspoof" normalise --region-of-account flags.case
status_is 0 'the case is understood'
says err '2 calls have their national numbers read in the country of the account, not in GB$' 'regions by account are counted'
says err '1 rows name a country that is not known' 'so are countries that are not known'
says err '1 rows name another country' 'and those that contradict'
must "$unspoof" correlate -q flags.case

# column TABLE COLUMNS: some columns of a table.
column() {
    "$unspoof" export -q -f csv "$3" "$1" | sqlite3 :memory: '.import --csv /dev/stdin t' "SELECT $2 FROM t"
}

column calls 'presented, presented_rule, dialled, flags' flags.case >got
cat >want <<'END'
+442079460111|national|+442079460222|ofcom-fiction;neighbour
+442079460222|national|+442079460222|ofcom-fiction;presented-equals-dialled
+442079460111|national|+447700900123|extension-left;ofcom-fiction
||+447700900123|withheld
||+447700900123|unknown-country-code
+12025550143|national|+12025550199|nanp-fiction;neighbour
||+12025550199|emergency;short-code
+442079460111|tech-prefix|+447700900123|ofcom-fiction
+442079460111|national|+447700900123|ofcom-fiction
END
same 'calls: flags of the presented number, then of the call' want got

column presentations 'presented, suspect, flags' flags.case >got
cat >want <<'END'
+12025550143|S2|nanp-fiction
+442079460111|S1|ofcom-fiction
+442079460111|S3|ofcom-fiction
+442079460111|S4|ofcom-fiction
+442079460222|S1|ofcom-fiction
+9991234567|S1|unknown-country-code
999|S2|emergency;short-code
anonymous|S1|withheld
END
same 'presentations: flags' want got
"$unspoof" export -q -f jsonl flags.case calls | tail -n 1 >got
says got '"flags":\["ofcom-fiction"\]' 'a list in JSON'

call=$(column calls 'call' flags.case | head -n 1)
try "$unspoof" show -f csv flags.case call "$call"
says out '^understood,flag,neighbour,note: ' 'show: a flag of the call, its class and words'
says out '^understood,flag,ofcom-fiction,impossible: ' 'show: a flag of the number'
try "$unspoof" show -f csv flags.case number +442079460111
says out '^understood,presented,.*flags ofcom-fiction' 'show: the flags of a number'
try "$unspoof" show -f csv flags.case account bob
says out '^found,account country,USA' 'show: the country of an account'

[ "$(sqlite3 flags.case "SELECT group_concat(coalesce(country, '-')) FROM account_read")" = GB,US,-,GB,US ]
ok 'the country of each row is recorded'
[ "$(sqlite3 flags.case "SELECT phone FROM account_read WHERE country = 'US' LIMIT 1")" = 12025550143 ]
ok "and an account's own telephone is read in it"
[ "$(column sources tech_prefixes flags.case | head -n 1)" = '9#;77788' ]
ok 'the prefixes are recorded with their source'
[ "$(sqlite3 flags.case 'SELECT count(*) FROM flag')" = "$(grep -v '^#' "$srcdir/data/flags.tsv" | cut -f 1 | sort -u | wc -l)" ]
ok 'the case says what its flags mean'
must "$unspoof" verify -q flags.case
cp flags.case changed.case
sqlite3 changed.case "UPDATE flag SET class = 'note' WHERE name = 'ofcom-fiction'"
try "$unspoof" verify -q changed.case
status_is 4 'the meaning of a flag is sealed'

try "$unspoof" ingest -r GB --tech-prefix '9 #' other.case calls.csv
status_is 2 'a prefix that cannot be is a usage error'
says err "tech-prefix '9 #'" 'and is named'
twins_agree
done_testing

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `run`: what a later step would refuse is refused before the first.
. "${srcdir:-$(dirname "$0")/../..}/tests/lib.sh"

cat >calls.csv <<'END'
id,started,account,presented,dialled,talk
1,2022-06-01 10:00:00,ann,02079460000,07700900001,90
END
cat >payments.csv <<'END'
payment_id,account,paid,amount,currency
1,ann,2022-06-01 09:00:00,150.00,GBP
END
printf 'spend 100\n' >bad.score
printf 'nothing of this kind\0' >nul.never
mkdir locked

# refused STATUS PATTERN OPTION...: nothing is ingested.
refused() {
    wanted=$1
    pattern=$2
    shift 2
    rm -rf r.case*
    try "$unspoof" run "$@" r.case calls.csv payments.csv
    status_is "$wanted" "run $*: is refused"
    says err "$pattern" 'and says why'
    [ "$(ls -d r.case* 2>&1 | grep -c '^r')" = 0 ]
    ok 'before there is a case'
}

refused 2 "^unspoof run: region 'XQ'" --region XQ
refused 2 "zone 'Mars/Base'" --zone Mars/Base
refused 2 "'XXX'" -c XXX
refused 2 "^unspoof run: --bare|bare 'x'" --bare x
refused 2 "^unspoof run: word 'nothing': not of the form" -w nothing
refused 2 "^unspoof run: --date-order 'ymd': neither dmy nor mdy" --date-order ymd
refused 2 "^unspoof run: --memory '1M': give bytes" --memory 1M
refused 2 "^unspoof run: --currency 'POUND'" --currency POUND
refused 2 "^unspoof run: --threshold 'ten': " --threshold ten
refused 2 "^unspoof run: --threshold '1.001': has more decimals" --threshold 1.001
refused 2 '^unspoof run: --long takes' --long 1000000001
refused 2 '^unspoof run: --long takes' --long x
refused 2 '^unspoof run: --hub takes' --hub 0
refused 2 '^unspoof run: --report-window takes' --report-window 99999999
refused 2 "^unspoof run: --link: 'shoe' is no rule" --link email,shoe
refused 2 '^unspoof run: --duplicates takes once or keep' --duplicates twice
refused 1 '^unspoof run: nowhere: No such file' --score nowhere
refused 1 '^unspoof run: bad.score:1: ' --score bad.score
refused 1 '^unspoof run: nowhere: No such file' --never nowhere
refused 1 '^unspoof run: nul.never: no file of identifiers' --never nul.never
refused 1 '^unspoof run: --temporary nowhere: No such file' --temporary nowhere
refused 1 '^unspoof run: --temporary calls.csv: Not a directory' --temporary calls.csv
refused 2 "^unspoof run: 'xls' is no format" -f xls
refused 2 "^unspoof run: table suspects cannot be ranked by 'shoes'" --rank-by shoes
refused 2 "^unspoof run: a least spend of 'ten'" --min-spend ten
refused 2 "^unspoof run: a least spend of '1.001' in GBP: has more decimals" --min-spend 1.001
refused 2 "^unspoof run: a least spend of '0.001' in USD: has more decimals" --currency USD --min-spend 0.001
try "$unspoof" run s.case - -
status_is 2 'operands too'
says err '^unspoof run: standard input can be read once only' 'are refused before'

# What is right goes through, and what is said of it is said once.
printf 'email shop@example.com\n' >fine.never
"$unspoof" run -q -r GB -z Europe/London -c GBP --date-order dmy --memory 64M --temporary . --currency mBTC \
    --threshold 1 --long 61 --hub 9 --report-window 10 --link email --duplicates keep --never fine.never \
    -f csv --rank-by calls --min-spend 0.00001 --top 3 fine.case calls.csv >out 2>err
status=$?
status_is 0 'right options are taken'
"$unspoof" run -r GB --currency mBTC --threshold 1 fine2.case calls.csv >out 2>err
[ "$(grep -c 'amounts are concluded in BTC' err)" = 1 ]
ok 'and what is said of them is said once'
[ "$(sqlite3 fine2.case 'SELECT group_concat(command) FROM run')" = ingest,normalise,correlate ]
ok 'the check leaves no run'

# Every option that a step has stands in one of the two: here, or on the list of those that `run` leaves to its step.
"$unspoof" run --help | sed -n 's/^  .*--\([a-z-]*\).*/\1/p' | sort -u >listed
for step in normalise correlate; do
    "$unspoof" $step --help | sed -n 's/^  .*--\([a-z-]*\).*/\1/p'
done | sort -u >wanted
# These change what a case has decided.
printf '%s\n' defaults no-region-of-account status >left
comm -13 listed wanted | comm -13 left - >missing
: >nothing
same 'every option of normalise and correlate is one of run' nothing missing
done_testing

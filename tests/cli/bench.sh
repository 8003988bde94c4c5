#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tables of bench/: from figures that are made up, each budget once kept and once missed.
. "${srcdir:-.}/tests/lib.sh"
bench=$srcdir/bench

tabs() { tr '|' '\t'; }
printf 'hash|1000\ningest|2000\nnormalise|2900\ncorrelate|3000\n' | tabs >sizes
printf 'hash|10|10|6000\ningest|20|40|102400\nnormalise|5|10|51200\ncorrelate|9|16|20480\nexport|1|1|1024\nsummary|5|5|1024\nverify|20|30|1024\n' |
    tabs >rows
printf 'narrow: a|0.5|1|1024|1 of 9\nnarrow: b|1|1|2048|9 of 9\nscan: c|0.00001|2|2048|9 of 9\nscan: d|0.0001|2|2048|9 of 9\n' | tabs >questions
cat >wanted <<'END'
| step | wall, s | CPU, s | peak, MiB | size, MB | wall, hashes |
|---|---|---|---|---|---|
| SHA-256 of calls.csv, median of 3 | 10.00 | 10.00 | 6 | 0.0 | 1.00 |
| ingest | 20.00 | 40.00 | 100 | 0.0 | 2.00 |
| normalise | 5.00 | 10.00 | 50 | 0.0 | 0.50 |
| correlate | 9.00 | 16.00 | 20 | 0.0 | 0.90 |
| export, 100 suspects | 1.00 | 1.00 | 1 |  | 0.10 |
| summary | 5.00 | 5.00 | 1 |  | 0.50 |
| ingest + normalise | 25.00 | 50.00 | 100 | 0.0 | 2.50 |
| four steps | 35.00 | 67.00 | 100 | 0.0 | 3.50 |
| four steps and summary | 40.00 | 72.00 | 100 | 0.0 | 4.00 |
| (verify, with the hash of calls.csv) | 20.00 | 30.00 | 1 |  | 2.00 |

| question | wall, s | CPU, s | peak, MiB | segments read | million calls a second |
|---|---|---|---|---|---|
| narrow: a | 0.50 | 1.00 | 1 | 1 of 9 |  |
| narrow: b | 1.00 | 1.00 | 2 | 9 of 9 |  |
| scan: c | 0.00 | 2.00 | 2 | 9 of 9 | 10.0 |
| scan: d | 0.00 | 2.00 | 2 | 9 of 9 | 1.0 |

narrow: b, the slowest of the narrow questions: 1.00 s; budget 1 s: kept
scan: c: 10.00 million calls a second; wanted 10: kept
scan: d: 1.00 million calls a second; wanted 10: MISSED

ingest + normalise: 2.50 hashes; budget 2.5 hashes: kept
four steps: 3.50 hashes; budget 3.5 hashes: kept
verify: 2.00 hashes; budget 2 hashes: kept
peak memory: 0.10 GiB; budget 1 GiB: kept
case file, found and understood: 29.00 bytes a call; budget 30 bytes a call: kept
END
awk -f "$bench/table.awk" -v calls=100 -v level=avx512 sizes rows questions >got
same 'the table of run.sh' wanted got

# verdicts LEVEL CALLS: one line of them.
verdicts() { awk -f "$bench/table.awk" -v calls="$2" -v level="$1" sizes rows questions | sed -n 's/^\([^:]*\): .*: \(kept\|MISSED\)$/\1 \2/p' | grep -v '^scan\|^narrow' | tr '\n' ';'; }
[ "$(verdicts avx2 100)" = 'ingest + normalise kept;four steps kept;verify kept;peak memory kept;case file, found and understood kept;' ]
ok 'without AVX-512 steps may take longer'
sed -i 's/^ingest.20/ingest\t31/; s/^verify.20/verify\t21/; s/^narrow: b.1/narrow: b\t1.01/; s/^scan: c.0.00001/scan: c\t0.00002/' rows questions
[ "$(verdicts avx2 90)" = 'ingest + normalise MISSED;four steps MISSED;verify MISSED;peak memory kept;case file, found and understood MISSED;' ]
ok 'budgets that are missed'
[ "$(verdicts sse2 90)" = 'verify MISSED;peak memory kept;case file, found and understood MISSED;' ]
ok 'what every machine has is measured, and has no budget of the steps'
awk -f "$bench/table.awk" -v calls=100 -v level=avx2 sizes rows questions >out
says out '^narrow: b, the slowest.*: 1.01 s; budget 1 s: MISSED$' 'a narrow question that is too slow'
says out '^scan: c: .*: MISSED$' 'a scan that is too slow'
printf 'duckdb|400|9|9\nclickhouse|359|9|9\n' | tabs >>rows
awk -f "$bench/table.awk" -v calls=100 -v level=avx2 sizes rows questions >out
says out '^with summary, faster than the better engine, ClickHouse, embedded: 7.04 times; wanted 9: MISSED$' 'peers'

printf 'calls.csv|1000000\ncalls.mysql.sql|1200000\ncalls.jsonl|3000000\ncalls.copy.sql|900000\ncalls.db|800000\n' | tabs >sizes
printf 'ClickHouse, whole job|36|9|1024\nMariaDB, import|30|9|1024\ncalls.csv|2|3|1024\ncalls.csv|3|4|1024\ncalls.csv|9|9|1024\ncalls.copy.sql|6|3|1024\n' | tabs >rows
printf 'calls.db|12|12|2048\ncalls.jsonl|18|9|1024\ncalls.mysql.sql|7|9|1024\nwhole job|9|12|1024\n' | tabs >>rows
cat >wanted <<'END'
| dump | wall, s | CPU, s | peak, MiB | MB | MB/s | of CSV's bytes a second | of CSV's time |
|---|---|---|---|---|---|---|---|
| ClickHouse, whole job | 36.00 | 9.00 | 1 |  |  |  |  |
| MariaDB, import | 30.00 | 9.00 | 1 |  |  |  |  |
| calls.csv | 3.00 | 4.00 | 1 | 1.0 | 0 | 1.00 | 1.00 |
| calls.copy.sql | 6.00 | 3.00 | 1 | 0.9 | 0 | 0.45 | 2.00 |
| calls.db | 12.00 | 12.00 | 2 | 0.8 | 0 | 0.20 | 4.00 |
| calls.jsonl | 18.00 | 9.00 | 1 | 3.0 | 0 | 0.50 | 6.00 |
| calls.mysql.sql | 7.00 | 9.00 | 1 | 1.2 | 0 | 0.51 | 2.33 |
| whole job | 9.00 | 12.00 | 1 |  |  |  |  |

calls.mysql.sql: 0.51 of CSV's bytes a second; wanted 0.50 or more: kept
calls.copy.sql: 0.45 of CSV's bytes a second; wanted 0.50 or more: MISSED
calls.jsonl: 0.50 of CSV's bytes a second; wanted 0.50 or more: kept
calls.db: 4.00 times CSV's time; wanted 4 or less: kept
whole job of the SQL dump, faster than MariaDB, import: 3.33 times; wanted 4 or more: MISSED
whole job of the SQL dump, faster than ClickHouse, whole job: 4.00 times; wanted 4 or more: kept
END
awk -f "$bench/dumps.awk" sizes rows >got
same 'the table of dumps.sh' wanted got
for script in all dumps grow kill number questions run; do
    sh -n "$bench/$script.sh"
    ok "bench/$script.sh is a script"
done
for script in all dumps run; do
    try sh "$bench/$script.sh"
    status_is 2 "$script.sh without a scale"
done
done_testing

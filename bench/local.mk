# SPDX-License-Identifier: Apache-2.0
# make bench: figures, not tests. bench/README.md has what came out.
EXTRA_PROGRAMS = bench/measure bench/number_bench
CLEANFILES += bench/measure$(EXEEXT) bench/number_bench$(EXEEXT)
EXTRA_DIST += bench/README.md bench/agree.sh bench/all.sh bench/dumps.awk bench/dumps.sh bench/grow.awk bench/grow.sh bench/kill.sh bench/lib.sh bench/number.sh bench/questions.sh \
	bench/run.sh bench/table.awk bench/peers/clickhouse.mjs bench/peers/duckdb.mjs \
	bench/peers/package.json
bench_measure_SOURCES = bench/measure.c
bench_measure_LDADD =
bench_number_bench_SOURCES = bench/number_bench.c

bench: all bench/number_bench$(EXEEXT) tests/number/numgen$(EXEEXT)
	$(AM_V_at)$(SHELL) $(srcdir)/bench/number.sh '$(srcdir)' '$(builddir)'

.PHONY: bench

# SPDX-License-Identifier: Apache-2.0
# make bench: figures, not tests. bench/README.md has what came out.
EXTRA_PROGRAMS = bench/number_bench
CLEANFILES += bench/number_bench$(EXEEXT)
EXTRA_DIST += bench/README.md bench/number.sh
bench_number_bench_SOURCES = bench/number_bench.c

bench: all bench/number_bench$(EXEEXT) tests/numgen$(EXEEXT)
	$(AM_V_at)$(SHELL) $(srcdir)/bench/number.sh '$(srcdir)' '$(builddir)'

.PHONY: bench

# SPDX-License-Identifier: Apache-2.0
TEST_EXTENSIONS = .sh
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)'; builddir='$(builddir)'; \
	export srcdir builddir;

unit_tests = \
	tests/test_address \
	tests/test_basis \
	tests/test_carrier \
	tests/test_casefile \
	tests/test_check \
	tests/test_checkpoint \
	tests/test_column \
	tests/test_column_coder \
	tests/test_contacts \
	tests/test_correlate \
	tests/test_cut \
	tests/test_decimal \
	tests/test_dictionary \
	tests/test_digest \
	tests/test_export \
	tests/test_feed \
	tests/test_flags \
	tests/test_form \
	tests/test_growth \
	tests/test_hasher \
	tests/test_locals \
	tests/test_meaning \
	tests/test_moment \
	tests/test_money \
	tests/test_numbers \
	tests/test_packing \
	tests/test_parse \
	tests/test_pipeline \
	tests/test_profile \
	tests/test_reader \
	tests/test_relative \
	tests/test_rowread \
	tests/test_rows \
	tests/test_runs \
	tests/test_segment \
	tests/test_sorter \
	tests/test_tablefill \
	tests/test_text \
	tests/test_trail \
	tests/test_verify \
	tests/test_widewrite \
	tests/test_writer \
	tests/test_zone

shell_tests = \
	tests/bad_input.sh \
	tests/case.sh \
	tests/commands.sh \
	tests/faults.sh \
	tests/flags.sh \
	tests/kill.sh \
	tests/man.sh \
	tests/normalise.sh \
	tests/numbers.sh \
	tests/output.sh \
	tests/real.sh \
	tests/test_ingest.sh \
	tests/truth.sh

check_PROGRAMS += $(unit_tests) tests/synth tests/test_number
TESTS += $(unit_tests) $(shell_tests)
EXTRA_DIST += $(shell_tests) tests/faults/shim.c tests/lib.sh tests/check.sh tests/leaks.sh tests/long.sh \
	tests/synth.md tests/number-cases.tsv tests/correlate_world.h tests/export_case.h tests/scratch.h tests/tap.h tests/understand.h

# The tests of modules see the library's own headers.
LDADD = $(LIBRARIES_USED)

tests_synth_SOURCES = \
	tests/synth.c tests/synth.h \
	tests/synth_base.c \
	tests/synth_calls.c \
	tests/synth_dump.c \
	tests/synth_money.c \
	tests/synth_number.c \
	tests/synth_people.c \
	tests/synth_persons.c \
	tests/synth_reports.c \
	tests/synth_shown.c \
	tests/synth_tables.c \
	tests/synth_truth.c
tests_synth_LDADD =
tests_synth_CFLAGS = -O2 $(AM_CFLAGS)

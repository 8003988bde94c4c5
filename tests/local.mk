# SPDX-License-Identifier: Apache-2.0
TEST_EXTENSIONS = .sh
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)'; builddir='$(builddir)'; \
	export srcdir builddir;

# Those that take longest come first, so that no processor waits for the last of them.
long_unit_tests = \
	tests/unit/test_formats \
	tests/unit/test_parse \
	tests/unit/test_json_format

long_shell_tests = \
	tests/faults/faults.sh \
	tests/cli/kill.sh \
	tests/cli/members.sh \
	tests/cli/absent.sh \
	tests/cli/trace.sh \
	tests/cli/truth.sh \
	tests/cli/same.sh \
	tests/cli/threads.sh \
	tests/cli/decisions.sh \
	tests/cli/limits.sh \
	tests/cli/xlsx.sh

unit_tests = \
	tests/unit/test_absent \
	tests/unit/test_alike \
	tests/unit/test_epoch \
	tests/unit/test_address \
	tests/unit/test_apportion \
	tests/unit/test_bulk_insert \
	tests/unit/test_bulk_read \
	tests/unit/test_call_ips \
	tests/unit/test_call_group \
	tests/unit/test_carrier \
	tests/unit/test_casefile \
	tests/unit/test_cell \
	tests/unit/test_check \
	tests/unit/test_checkpoint \
	tests/unit/test_clock \
	tests/unit/test_column \
	tests/unit/test_column_coder \
	tests/unit/test_correlate \
	tests/unit/test_cost \
	tests/unit/test_costs \
	tests/unit/test_cpu \
	tests/unit/test_cut \
	tests/unit/test_decimal \
	tests/unit/test_delta \
	tests/unit/test_delta_kernel \
	tests/unit/test_dictionary \
	tests/unit/test_digest \
	tests/unit/test_digest_feed \
	tests/unit/test_disarm \
	tests/unit/test_encoding \
	tests/unit/test_export \
	tests/unit/test_export_values \
	tests/unit/test_figures \
	tests/unit/test_flags \
	tests/unit/test_flood \
	tests/unit/test_form \
	tests/unit/test_form_meaning \
	tests/unit/test_formspan \
	tests/unit/test_tables \
	tests/unit/test_graph \
	tests/unit/test_hash_index \
	tests/unit/test_hasher \
	tests/unit/test_heading \
	tests/unit/test_identifiers \
	tests/unit/test_identity_sift \
	tests/unit/test_instead \
	tests/unit/test_json \
	tests/unit/test_pattern_format \
	tests/unit/test_xml_format \
	tests/unit/test_xml_probe \
	tests/unit/test_limits \
	tests/unit/test_local_ids \
	tests/unit/test_log \
	tests/unit/test_long_calls \
	tests/unit/test_manner_fit \
	tests/unit/test_mend \
	tests/unit/test_merge \
	tests/unit/test_moment \
	tests/unit/test_money \
	tests/unit/test_nearest \
	tests/unit/test_null \
	tests/unit/test_number_column \
	tests/unit/test_number_name \
	tests/unit/test_number_set \
	tests/unit/test_owner \
	tests/unit/test_packing \
	tests/unit/test_parts \
	tests/unit/test_pattern \
	tests/unit/test_persons \
	tests/unit/test_pipeline \
	tests/unit/test_presented_key \
	tests/unit/test_presented_victims \
	tests/unit/test_profile \
	tests/unit/test_profile_optional \
	tests/unit/test_radix \
	tests/unit/test_rates \
	tests/unit/test_reader \
	tests/unit/test_report_day \
	tests/unit/test_report_match \
	tests/unit/test_reread \
	tests/unit/test_ring \
	tests/unit/test_record_order \
	tests/unit/test_rows \
	tests/unit/test_runs \
	tests/unit/test_schema_guard \
	tests/unit/test_score \
	tests/unit/test_secret \
	tests/unit/test_segment \
	tests/unit/test_segment_scan \
	tests/unit/test_serial_date \
	tests/unit/test_sorter \
	tests/unit/test_source \
	tests/unit/test_sql \
	tests/unit/test_sql_many \
	tests/unit/test_sqlite_format \
	tests/unit/test_status \
	tests/unit/test_table_digest \
	tests/unit/test_text \
	tests/unit/test_text_group \
	tests/unit/test_text_lists \
	tests/unit/test_trail \
	tests/unit/test_twins \
	tests/unit/test_usage \
	tests/unit/test_usage_scan \
	tests/unit/test_value_filter \
	tests/unit/test_verify \
	tests/unit/test_vfs_coalesce \
	tests/unit/test_victim_block \
	tests/unit/test_weak \
	tests/unit/test_writer \
	tests/unit/test_zone

shell_tests = \
	tests/cli/attack.sh \
	tests/cli/bad_input.sh \
	tests/cli/bench.sh \
	tests/cli/bounds.sh \
	tests/cli/case.sh \
	tests/cli/clocks.sh \
	tests/cli/columns.sh \
	tests/cli/containers.sh \
	tests/cli/encodings.sh \
	tests/cli/commands.sh \
	tests/cli/corpus.sh \
	tests/cli/costs.sh \
	tests/cli/days.sh \
	tests/cli/deep.sh \
	tests/cli/dialects.sh \
	tests/cli/compact.sh \
	tests/cli/digest.sh \
	tests/cli/drop.sh \
	tests/cli/duplicates.sh \
	tests/cli/elsewhere.sh \
	tests/cli/flags.sh \
	tests/cli/gather.sh \
	tests/cli/house.sh \
	tests/cli/json.sh \
	tests/cli/amounts.sh \
	tests/cli/kinds.sh \
	tests/cli/log.sh \
	tests/cli/man.sh \
	tests/damage/damage.sh \
	tests/cli/modes.sh \
	tests/cli/manifest.sh \
	tests/mistakes/mistakes.sh \
	tests/mistakes/broken.sh \
	tests/cli/names.sh \
	tests/cli/mend.sh \
	tests/cli/narrow.sh \
	tests/cli/normalise.sh \
	tests/cli/processor.sh \
	tests/number/numbers.sh \
	tests/cli/output.sh \
	tests/cli/guess.sh \
	tests/cli/head.sh \
	tests/cli/hardened.sh \
	tests/cli/quality.sh \
	tests/cli/real.sh \
	tests/cli/pattern.sh \
	tests/cli/phones.sh \
	tests/cli/picked.sh \
	tests/cli/readings.sh \
	tests/cli/replace.sh \
	tests/cli/refunds.sh \
	tests/cli/reread.sh \
	tests/cli/reread_formats.sh \
	tests/cli/rows.sh \
	tests/cli/run.sh \
	tests/cli/schema.sh \
	tests/cli/ingest.sh \
	tests/cli/seized.sh \
	tests/cli/several.sh \
	tests/cli/sniff.sh \
	tests/cli/tables.sh \
	tests/cli/spreadsheet.sh \
	tests/cli/sql.sh \
	tests/cli/sqlite.sh \
	tests/cli/status.sh \
	tests/cli/texts.sh \
	tests/cli/ties.sh \
	tests/cli/times.sh \
	tests/cli/match.sh \
	tests/cli/measured.sh \
	tests/cli/coverage.sh \
	tests/cli/unknown.sh \
	tests/cli/why.sh \
	tests/cli/windows.sh \
	tests/cli/xml.sh \
	tests/cli/xml_tables.sh \
	tests/cli/zones.sh

check_PROGRAMS += $(long_unit_tests) $(unit_tests) tests/synth/synth
TESTS += $(long_shell_tests) $(long_unit_tests) $(unit_tests) $(shell_tests)
EXTRA_DIST += $(long_shell_tests) $(shell_tests) \
	tests/faults/shim.c \
	tests/mistakes/draw.awk \
	tests/damage/damage.py \
	tests/damage/pages.py \
	tests/lib.sh \
	tests/twin.sh \
	tests/check.sh \
	tests/cli/containers.py \
	tests/cli/forge.py \
	tests/cli/leaks.sh \
	tests/long.sh \
	tests/servers/servers.sh \
	tests/servers/tab.profile \
	tests/servers/ways.py \
	tests/synth/synth.md \
	tests/number/number-cases.tsv \
	tests/unit/correlate_world.h \
	tests/unit/export_case.h \
	tests/unit/scratch.h \
	tests/unit/starve.h \
	tests/unit/sweep.h \
	tests/unit/tap.h \
	tests/unit/understand.h \
	tests/unit/pieces.h \
	tests/corpus \
	tests/cli/sqlite_make.py \
	tests/cli/xlsx.py

# The tests of modules see the library's own headers.
LDADD = $(LIBRARIES_USED)

tests_unit_test_formats_SOURCES = tests/unit/test_formats.c \
	tests/unit/toy.h tests/unit/toy_next.c tests/unit/toy_split.c
tests_unit_test_rows_SOURCES = tests/unit/test_rows.c \
	tests/unit/toy.h tests/unit/toy_next.c tests/unit/toy_split.c

tests_unit_test_tables_SOURCES = tests/unit/test_tables.c tests/unit/toy.h tests/unit/toy_next.c tests/unit/toy_split.c

tests_synth_synth_SOURCES = \
	tests/synth/synth.c tests/synth/synth.h \
	tests/synth/synth_base.c \
	tests/synth/synth_calls.c \
	tests/synth/synth_dump.c \
	tests/synth/synth_money.c \
	tests/synth/synth_number.c \
	tests/synth/synth_people.c \
	tests/synth/synth_persons.c \
	tests/synth/synth_reports.c \
	tests/synth/synth_shown.c \
	tests/synth/synth_tables.c \
	tests/synth/synth_truth.c
tests_synth_synth_LDADD =
tests_synth_synth_CFLAGS = -O2 $(AM_CFLAGS)

# Programs that refuse memory to the library.
refuse_memory = $(AM_LDFLAGS) -Wl,--wrap=malloc -Wl,--wrap=calloc \
	-Wl,--wrap=realloc -Wl,--wrap=posix_memalign
tests_unit_test_apportion_LDFLAGS = $(refuse_memory)
tests_unit_test_hash_index_LDFLAGS = $(refuse_memory)
tests_unit_test_identifiers_LDFLAGS = $(refuse_memory)
tests_unit_test_record_order_LDFLAGS = $(refuse_memory)
tests_unit_test_alike_LDFLAGS = $(refuse_memory)
tests_unit_test_json_format_LDFLAGS = $(refuse_memory)
tests_unit_test_xml_format_LDFLAGS = $(refuse_memory)
tests_unit_test_limits_LDFLAGS = $(refuse_memory)
tests_unit_test_rows_LDFLAGS = $(refuse_memory)
tests_unit_test_merge_LDFLAGS = $(refuse_memory)
tests_unit_test_number_set_LDFLAGS = $(refuse_memory)
tests_unit_test_text_lists_LDFLAGS = $(refuse_memory)
tests_unit_test_sqlite_format_LDFLAGS = $(refuse_memory)
tests_unit_test_parse_LDFLAGS = $(refuse_memory)
tests_unit_test_sql_LDFLAGS = $(refuse_memory)
tests_unit_test_text_group_LDFLAGS = $(refuse_memory)
tests_unit_test_sql_SOURCES = tests/unit/test_sql.c tests/unit/sql_cases.h
tests_unit_test_presented_victims_LDFLAGS = $(refuse_memory)
tests_unit_test_formspan_LDFLAGS = $(refuse_memory)
tests_unit_test_radix_LDFLAGS = $(refuse_memory)
tests_unit_test_usage_LDFLAGS = $(refuse_memory)
tests_unit_test_victim_block_LDFLAGS = $(refuse_memory)
tests_unit_test_weak_LDFLAGS = $(refuse_memory)

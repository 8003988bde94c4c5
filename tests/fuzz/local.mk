# SPDX-License-Identifier: Apache-2.0
# Fuzz targets: replayed over their seeds in make check; with --enable-fuzzing
# they are libFuzzer's (tests/fuzz/run.sh).
fuzz_targets = \
	tests/fuzz/fuzz_delimited \
	tests/fuzz/fuzz_form \
	tests/fuzz/fuzz_json \
	tests/fuzz/fuzz_number \
	tests/fuzz/fuzz_number_text \
	tests/fuzz/fuzz_profile \
	tests/fuzz/fuzz_record \
	tests/fuzz/fuzz_segment \
	tests/fuzz/fuzz_sql \
	tests/fuzz/fuzz_sqlite \
	tests/fuzz/fuzz_xlsx \
	tests/fuzz/fuzz_xml \
	tests/fuzz/fuzz_xml_tables
check_PROGRAMS += $(fuzz_targets)
EXTRA_DIST += tests/fuzz/run.sh tests/fuzz/keep.sh tests/fuzz/campaign.sh \
	tests/fuzz/delimited.dict \
	tests/fuzz/form.dict \
	tests/fuzz/fuzz_delimited.seeds \
	tests/fuzz/fuzz_form.seeds \
	tests/fuzz/fuzz_json.seeds \
	tests/fuzz/fuzz_number.seeds \
	tests/fuzz/fuzz_number_text.seeds \
	tests/fuzz/fuzz_profile.seeds \
	tests/fuzz/fuzz_record.seeds \
	tests/fuzz/fuzz_segment.seeds \
	tests/fuzz/fuzz_sql.seeds \
	tests/fuzz/fuzz_sqlite.seeds \
	tests/fuzz/fuzz_xlsx.seeds \
	tests/fuzz/fuzz_xml.seeds \
	tests/fuzz/fuzz_xml_tables.seeds \
	tests/fuzz/json.dict \
	tests/fuzz/number.dict \
	tests/fuzz/profile.dict \
	tests/fuzz/record.dict \
	tests/fuzz/segment.dict \
	tests/fuzz/sql.dict \
	tests/fuzz/sqlite.dict \
	tests/fuzz/xlsx.dict \
	tests/fuzz/xml.dict

if FUZZING
fuzz_driver =
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
else
fuzz_driver = tests/fuzz/replay.c
fuzz_ldflags = $(AM_LDFLAGS)
TESTS += tests/fuzz/fuzz.sh
endif
fuzz_cppflags = $(AM_CPPFLAGS) -I$(srcdir)/tests
EXTRA_DIST += tests/fuzz/fuzz.sh tests/fuzz/replay.c

tests_fuzz_fuzz_delimited_SOURCES = tests/fuzz/fuzz_delimited.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_delimited_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_delimited_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_form_SOURCES = tests/fuzz/fuzz_form.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_form_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_form_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_json_SOURCES = tests/fuzz/fuzz_json.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_json_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_json_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_number_SOURCES = tests/fuzz/fuzz_number.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_number_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_number_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_number_text_SOURCES = tests/fuzz/fuzz_number_text.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_number_text_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_number_text_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_profile_SOURCES = tests/fuzz/fuzz_profile.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_profile_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_profile_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_record_SOURCES = tests/fuzz/fuzz_record.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_record_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_record_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_segment_SOURCES = tests/fuzz/fuzz_segment.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_segment_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_segment_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_sql_SOURCES = tests/fuzz/fuzz_sql.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_sql_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_sql_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_sqlite_SOURCES = tests/fuzz/fuzz_sqlite.c tests/fuzz/fuzz.h tests/unit/read_sqlite.h $(fuzz_driver)
tests_fuzz_fuzz_sqlite_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_sqlite_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_xlsx_SOURCES = tests/fuzz/fuzz_xlsx.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_xlsx_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_xlsx_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_xml_SOURCES = tests/fuzz/fuzz_xml.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_xml_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_xml_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_xml_tables_SOURCES = tests/fuzz/fuzz_xml_tables.c tests/fuzz/fuzz.h $(fuzz_driver)
tests_fuzz_fuzz_xml_tables_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_xml_tables_LDFLAGS = $(fuzz_ldflags)

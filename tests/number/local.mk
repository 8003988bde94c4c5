# SPDX-License-Identifier: Apache-2.0
# Numbers: the generator of texts, and what is tested with it.
plan_rooms = build-aux/plangen/plangen.h \
	build-aux/plangen/plangen_base.c \
	build-aux/plangen/plangen_pattern.c \
	build-aux/plangen/plangen_plan.c

# They share headers with the tests of modules.
number_cppflags = $(AM_CPPFLAGS) -I$(srcdir)/tests/unit -I$(srcdir)/tests/number

check_PROGRAMS += tests/number/numgen tests/number/test_number
tests_number_test_number_CPPFLAGS = $(number_cppflags)
tests_number_numgen_CPPFLAGS = $(number_cppflags)
tests_number_numgen_SOURCES = \
	tests/unit/chance.h tests/unit/draft.h \
	tests/number/numgen.c tests/number/numgen.h \
	tests/number/numgen_dress.c \
	tests/number/numgen_form.c \
	tests/number/numgen_junk.c \
	tests/number/numgen_world.c \
	$(plan_rooms)
tests_number_numgen_LDADD =

TESTS += tests/number/oracle.sh
EXTRA_DIST += tests/number/oracle.sh tests/number/oracle.cc tests/number/number-corpus.sh tests/number/number-corpus.tsv

check_PROGRAMS += tests/number/test_automaton
tests_number_test_automaton_CPPFLAGS = $(number_cppflags)
tests_number_test_automaton_SOURCES = \
	tests/unit/chance.h tests/unit/draft.h \
	tests/number/plan_truth.c tests/number/plan_truth.h \
	tests/number/test_automaton.c \
	$(plan_rooms)
TESTS += tests/number/automaton.sh
EXTRA_DIST += tests/number/automaton.sh

check_PROGRAMS += tests/number/test_ways
tests_number_test_ways_CPPFLAGS = $(number_cppflags)
tests_number_test_ways_SOURCES = \
	tests/unit/chance.h tests/unit/draft.h \
	tests/number/numgen.h \
	tests/number/numgen_world.c \
	tests/number/test_ways.c \
	$(plan_rooms)
TESTS += tests/number/ways.sh
EXTRA_DIST += tests/number/ways.sh

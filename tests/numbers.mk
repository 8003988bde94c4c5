# SPDX-License-Identifier: Apache-2.0
# Numbers: the generator of texts, and what is tested with it.
plan_rooms = lib/normalise/plangen.h \
	lib/normalise/plangen_base.c \
	lib/normalise/plangen_pattern.c \
	lib/normalise/plangen_plan.c

check_PROGRAMS += tests/numgen
tests_numgen_SOURCES = \
	tests/chance.h tests/draft.h \
	tests/numgen.c tests/numgen.h \
	tests/numgen_dress.c \
	tests/numgen_form.c \
	tests/numgen_junk.c \
	tests/numgen_world.c \
	$(plan_rooms)
tests_numgen_LDADD =

TESTS += tests/oracle.sh
EXTRA_DIST += tests/oracle.sh tests/oracle.cc tests/number-corpus.sh tests/number-corpus.tsv

check_PROGRAMS += tests/test_automaton
tests_test_automaton_SOURCES = \
	tests/chance.h tests/draft.h \
	tests/plan_truth.c tests/plan_truth.h \
	tests/test_automaton.c \
	$(plan_rooms)
TESTS += tests/automaton.sh
EXTRA_DIST += tests/automaton.sh

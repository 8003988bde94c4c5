# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/correlate/accounts.c \
	lib/correlate/batch.c \
	lib/correlate/batch.h \
	lib/correlate/calls.c \
	lib/correlate/calls.h \
	lib/correlate/cells.c \
	lib/correlate/cells.h \
	lib/correlate/census.c \
	lib/correlate/census.h \
	lib/correlate/contacts.c \
	lib/correlate/contacts.h \
	lib/correlate/correlate.c \
	lib/correlate/correlate.h \
	lib/correlate/correlation.h \
	lib/correlate/directory.c \
	lib/correlate/directory.h \
	lib/correlate/figures.c \
	lib/correlate/finding.c \
	lib/correlate/finding.h \
	lib/correlate/identifiers.c \
	lib/correlate/identifiers.h \
	lib/correlate/links.c \
	lib/correlate/links.h \
	lib/correlate/lists.c \
	lib/correlate/lists.h \
	lib/correlate/marked.c \
	lib/correlate/marked.h \
	lib/correlate/matches.c \
	lib/correlate/matches.h \
	lib/correlate/merge.c \
	lib/correlate/merge.h \
	lib/correlate/pairs.c \
	lib/correlate/pairs.h \
	lib/correlate/party.c \
	lib/correlate/party.h \
	lib/correlate/pass.c \
	lib/correlate/pass.h \
	lib/correlate/payments.c \
	lib/correlate/payments.h \
	lib/correlate/people.c \
	lib/correlate/people.h \
	lib/correlate/place.c \
	lib/correlate/place.h \
	lib/correlate/places.c \
	lib/correlate/places.h \
	lib/correlate/presentations.c \
	lib/correlate/presentations.h \
	lib/correlate/radix.c \
	lib/correlate/radix.h \
	lib/correlate/rates.c \
	lib/correlate/rates.h \
	lib/correlate/reports.c \
	lib/correlate/reports.h \
	lib/correlate/sample.c \
	lib/correlate/sample.h \
	lib/correlate/score.c \
	lib/correlate/score.h \
	lib/correlate/settings.c \
	lib/correlate/share.c \
	lib/correlate/share.h \
	lib/correlate/showing.c \
	lib/correlate/showing.h \
	lib/correlate/shown.c \
	lib/correlate/shown.h \
	lib/correlate/sorter.c \
	lib/correlate/sorter.h \
	lib/correlate/spill.c \
	lib/correlate/spill.h \
	lib/correlate/summary.c \
	lib/correlate/summary.h \
	lib/correlate/stretch.c \
	lib/correlate/stretch.h \
	lib/correlate/suspects.c \
	lib/correlate/sweep.c \
	lib/correlate/sweep.h \
	lib/correlate/tally.c \
	lib/correlate/tally.h \
	lib/correlate/victims.c \
	lib/correlate/victims.h \
	lib/correlate/victims_write.c \
	lib/correlate/victims_write.h \
	lib/correlate/wide.c \
	lib/correlate/wide.h \
	lib/correlate/window.c \
	lib/correlate/window.h

nodist_libunspoof_a_SOURCES += lib/correlate/score_builtin.c
dist_pkgdata_DATA += data/score.txt
CLEANFILES += lib/correlate/score_builtin.c

lib/correlate/score_builtin.c: data/score.txt build-aux/embed.awk
	$(AM_V_GEN)$(MKDIR_P) lib/correlate && cd $(srcdir) && \
	LC_ALL=C $(AWK) -v header=correlate/score.h -v text=score_builtin \
	-f build-aux/embed.awk data/score.txt >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@

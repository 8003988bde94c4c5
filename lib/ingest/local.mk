# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/ingest/bid.c \
	lib/ingest/bid.h \
	lib/ingest/blocks.c \
	lib/ingest/blocks.h \
	lib/ingest/check.c \
	lib/ingest/check.h \
	lib/ingest/cut.c \
	lib/ingest/cut_avx512.c \
	lib/ingest/cut.h \
	lib/ingest/dialect.c \
	lib/ingest/dialect.h \
	lib/ingest/draw.c \
	lib/ingest/draw.h \
	lib/ingest/dump.c \
	lib/ingest/dump.h \
	lib/ingest/gather.c \
	lib/ingest/gather.h \
	lib/ingest/handover.c \
	lib/ingest/handover.h \
	lib/ingest/ingest.c \
	lib/ingest/ingest.h \
	lib/ingest/judge.c \
	lib/ingest/judge.h \
	lib/ingest/load.c \
	lib/ingest/load.h \
	lib/ingest/load_keep.c \
	lib/ingest/load_keep.h \
	lib/ingest/load_rows.c \
	lib/ingest/load_rows.h \
	lib/ingest/load_source.c \
	lib/ingest/load_source.h \
	lib/ingest/mapping.c \
	lib/ingest/mapping.h \
	lib/ingest/mapping_apply.c \
	lib/ingest/parse.c \
	lib/ingest/parse.h \
	lib/ingest/pattern.c \
	lib/ingest/pattern.h \
	lib/ingest/plan.c \
	lib/ingest/plan.h \
	lib/ingest/profile.c \
	lib/ingest/profile.h \
	lib/ingest/profile_parse.c \
	lib/ingest/reader.c \
	lib/ingest/reader.h \
	lib/ingest/recipe.c \
	lib/ingest/recipe.h \
	lib/ingest/reread.c \
	lib/ingest/reread.h \
	lib/ingest/reread_compare.c \
	lib/ingest/reread_compare.h \
	lib/ingest/reread_member.c \
	lib/ingest/reread_member.h \
	lib/ingest/reread_rejects.c \
	lib/ingest/reread_rejects.h \
	lib/ingest/reread_sources.c \
	lib/ingest/reread_sources.h \
	lib/ingest/rowbatch.c \
	lib/ingest/rowbatch.h \
	lib/ingest/rowparser.c \
	lib/ingest/rowparser.h \
	lib/ingest/sample.c \
	lib/ingest/sample.h \
	lib/ingest/seam.c \
	lib/ingest/seam.h \
	lib/ingest/stock.c \
	lib/ingest/stock.h \
	lib/ingest/tell.c \
	lib/ingest/tell.h \
	lib/ingest/walk.c \
	lib/ingest/walk.h

nodist_libunspoof_a_SOURCES += lib/ingest/profiles_builtin.c
profiles = \
	profiles/asterisk-cdr-csv.profile \
	profiles/canonical.profile
profiledir = $(pkgdatadir)/profiles
dist_profile_DATA = $(profiles)
CLEANFILES += lib/ingest/profiles_builtin.c

lib/ingest/profiles_builtin.c: $(profiles) build-aux/embed.awk
	$(AM_V_GEN)$(MKDIR_P) lib/ingest && cd $(srcdir) && \
	LC_ALL=C $(AWK) -v header=ingest/profile.h -v table=profiles_builtin \
	-f build-aux/embed.awk $(profiles) >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@
